using System.Collections.Concurrent;

namespace TauPipeline.Codecs;

/// <summary>
/// Working memory of a native codec, made once for each of the threads that unpack at the same time: to allocate it costs as much as
/// a small block. It holds nothing from one block to the next.
/// </summary>
internal sealed class NativeContexts(Func<nint> create)
{
    private readonly ConcurrentBag<nint> _free = [];

    public nint Take() =>
        _free.TryTake(out nint context) ? context
        : create() is var made and not 0 ? made
        : throw new InsufficientMemoryException("a codec's working memory cannot be allocated");

    public void Return(nint context) => _free.Add(context);
}
