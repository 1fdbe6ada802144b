using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace KiwiBalancer.Identity;

/// <summary>Which client an API key belongs to. Keys are kept as digests under a secret of this object, so that neither the time of a lookup nor a memory dump tells anything of them.</summary>
internal sealed class ApiKeys
{
    public const int MaxLength = 512;

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly FrozenDictionary<KeyDigest, string> _owners;

    public ApiKeys(IEnumerable<KeyValuePair<string, GatewayClientOptions>> clients) =>
        _owners = clients.SelectMany(client => client.Value.ApiKeys.Select(key => KeyValuePair.Create(Digest(key), client.Key))).ToFrozenDictionary();

    public string? FindOwner(ReadOnlySpan<char> key) => key.Length is > 0 and <= MaxLength ? _owners.GetValueOrDefault(Digest(key)) : null;

    private KeyDigest Digest(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxLength)];
        Span<byte> digest = stackalloc byte[KeyDigest.Size];
        HMACSHA256.HashData(_secret, text[..Encoding.UTF8.GetBytes(key, text)], digest);
        return new KeyDigest(digest);
    }
}
