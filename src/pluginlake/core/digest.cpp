// SHA-256 over OpenSSL's EVP interface.
#include "pluginlake/core/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <span>

#include "pluginlake/core/error.h"

namespace pluginlake::core {
namespace {

constexpr std::size_t kKeyBytes = 32;

std::string HexOf(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (unsigned char byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace

struct Sha256::Context {
  Context() : evp(EVP_MD_CTX_new()) { PL_CHECK(evp != nullptr, "no memory for a digest"); }
  ~Context() { EVP_MD_CTX_free(evp); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  void Begin() { PL_CHECK(EVP_DigestInit_ex(evp, EVP_sha256(), nullptr) == 1, "SHA-256 did not start"); }

  EVP_MD_CTX* evp;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->Begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::Update(std::string_view bytes) {
  PL_CHECK(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) == 1, "SHA-256 did not take its input");
}

std::string Sha256::Hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
  unsigned int size = 0;
  PL_CHECK(EVP_DigestFinal_ex(context_->evp, raw.data(), &size) == 1, "SHA-256 did not end");
  context_->Begin();
  return HexOf(std::span(raw).first(size));
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 digest;
  digest.Update(bytes);
  return digest.Hex();
}

std::string HmacSha256Hex(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  PL_CHECK(
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), raw.data(), &size) != nullptr,
      "HMAC-SHA-256 failed");
  return HexOf(std::span(raw).first(size));
}

std::string NewKeyHex() {
  std::array<unsigned char, kKeyBytes> raw{};
  PL_CHECK(RAND_bytes(raw.data(), kKeyBytes) == 1, "the system gives no random bytes");
  return HexOf(raw);
}

}  // namespace pluginlake::core
