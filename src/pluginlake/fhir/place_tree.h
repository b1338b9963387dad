// The places of a resource that the views of one type read: a tree of element names, shared by all their columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/element_model.h"

namespace pluginlake::fhir {

using PlaceId = std::uint32_t;
using EdgeId = std::uint32_t;

// Where values stand: "Patient.contact.name". A place below itself (an item of an item, in `repeat`) may be one with
// it: then the tree has an edge back.
struct Place {
  std::string type;  // the model's name; empty = not known
  TypeKind kind = TypeKind::kUnknown;
  std::string path;           // for people and lineage: "Observation.value.ofType(Quantity).value"
  std::string member;         // the JSON name it was first reached by
  PlaceId parent = 0;         // itself for the root
  std::vector<EdgeId> edges;  // to what is below
  std::uint32_t incoming = 0;

  // A primitive's own id and extensions stand in a member beside it: "_birthDate".
  bool has_sibling() const { return kind != TypeKind::kComplex; }
};

// From a place to a member's values (`member`), or to those of its own that are of a type (`cast`): resources by their
// resourceType, and anything for a place whose type the model does not know.
struct PlaceEdge {
  PlaceId source = 0;
  PlaceId target = 0;
  std::string member;  // empty for a cast
  std::string cast;
  bool by_resource_type = false;  // of a cast
};

// What is known of a member when its place is made.
struct MemberKey {
  std::string_view json_name;
  std::string_view type;
  std::string_view path_suffix;  // ".value.ofType(Quantity)"
};

class PlaceTree {
 public:
  static constexpr PlaceId kRoot = 0;

  explicit PlaceTree(std::string_view resource_type);

  // Returns the edge to a member's values; makes it if it is new. Inside a Repetition a member of a type that occurs
  // above is the place above.
  EdgeId Member(PlaceId source, const MemberKey& key);
  // Returns the edge to the values that are of `type`.
  EdgeId Cast(PlaceId source, std::string_view type);

  const Place& place(PlaceId id) const { return places_[id]; }
  const PlaceEdge& edge(EdgeId id) const { return edges_[id]; }
  const std::vector<Place>& places() const { return places_; }
  const std::vector<PlaceEdge>& edges() const { return edges_; }

  // While it lives, new places may be one with a place above them, down from `top`.
  class Repetition {
   public:
    Repetition(PlaceTree& tree, std::vector<PlaceId> tops);
    ~Repetition();
    Repetition(const Repetition&) = delete;
    Repetition& operator=(const Repetition&) = delete;

   private:
    PlaceTree& tree_;
    std::vector<PlaceId> before_;
    bool was_open_ = false;
  };

 private:
  PlaceId PlaceFor(PlaceId source, const MemberKey& key);
  EdgeId Connect(const PlaceEdge& edge);

  std::vector<Place> places_;
  std::vector<PlaceEdge> edges_;
  std::vector<PlaceId> repetition_tops_;
  bool in_repetition_ = false;
};

}  // namespace pluginlake::fhir
