-- Takes the classes of DHD concepts out, before they come anew.
DELETE FROM concept_class WHERE concept_class_id IN ('DHD Diagnose', 'DHD Verrichting')
