using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KiwiBalancer.Identity;

/// <summary>The digest of a key under a secret. Compared in constant time; that its first bytes choose where to look tells nothing, since nobody outside can know or steer them.</summary>
internal readonly struct KeyDigest : IEquatable<KeyDigest>
{
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly Bytes _bytes;

    public KeyDigest(ReadOnlySpan<byte> digest) => digest.CopyTo(_bytes);

    public bool Equals(KeyDigest other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => obj is KeyDigest other && Equals(other);

    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    [InlineArray(Size)]
    private struct Bytes
    {
        private byte _first;
    }
}
