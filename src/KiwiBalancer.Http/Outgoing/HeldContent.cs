using System.Net;

namespace KiwiBalancer.Outgoing;

/// <summary>A response's body with the slot that it holds: until it has been read to its end, failed, or been disposed, whichever is first.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HttpContent _content;

    // One-shot by itself, so that each of those who find the end may dispose it.
    private readonly SlotLease _lease;

    public HeldContent(HttpContent content, SlotLease lease)
    {
        _content = content;
        _lease = lease;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using (_lease)
        {
            await _content.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using (_lease)
        {
            _content.CopyTo(stream, context, cancellationToken);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => new HeldStream(await _content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _lease);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new HeldStream(_content.ReadAsStream(cancellationToken), _lease);

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using (_lease)
            {
                _content.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
