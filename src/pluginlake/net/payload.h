// The inside of a frame: numbers and texts, one after the other, each text with its length before it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pluginlake::net {

// Builds a payload. Texts may hold any bytes (a path need not be UTF-8).
class PayloadWriter {
 public:
  PayloadWriter& Number(std::uint64_t value);
  PayloadWriter& Text(std::string_view value);
  std::size_t size() const { return bytes_.size(); }
  // Gives the payload away and starts anew.
  std::string Take();

 private:
  std::string bytes_;
};

// Reads a payload of another process. What is cut or too long reads as 0 or "" and makes ok() false for good.
class PayloadReader {
 public:
  explicit PayloadReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t Number();
  // The text lives as long as the bytes given.
  std::string_view Text();
  bool is_at_end() const { return rest_.empty(); }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace pluginlake::net
