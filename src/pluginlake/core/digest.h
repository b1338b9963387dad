// SHA-256 as lower-case hexadecimal text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pluginlake::core {

// Hashes bytes as they come. Not thread-safe; reusable after Hex().
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void Update(std::string_view bytes);
  // Returns 64 hexadecimal digits of all bytes since the start or the last Hex(), and begins anew.
  std::string Hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Returns the SHA-256 of `bytes` as 64 hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// Returns the HMAC-SHA-256 (RFC 2104) of `text` under `key` as 64 hexadecimal digits: who does not have the key cannot
// try out which text it is of.
std::string HmacSha256Hex(std::string_view key, std::string_view text);

// Returns 64 hexadecimal digits from the system's source of randomness: a key nobody can guess.
std::string NewKeyHex();

}  // namespace pluginlake::core
