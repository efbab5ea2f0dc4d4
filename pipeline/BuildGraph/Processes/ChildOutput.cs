using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>What a child prints on one of its streams: handed on line by line or kept, in bounded memory.</summary>
/// <param name="line">Is given each line; if there is nobody to take it the text is kept.</param>
internal sealed class ChildOutput(Action<string>? line) : IDisposable
{
    private const int LongestLine = 64 << 10;
    private const int MostKept = 64 << 20;
    private const int Block = 8192;
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In);
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly StringBuilder _kept = new();

    /// <summary>The child's end of the pipe.</summary>
    public SafeHandle WritingEnd => _pipe.ClientSafePipeHandle;

    /// <summary>Whether nobody can print any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What was kept.</summary>
    public string Kept => line is null ? _kept.ToString() : "";

    /// <summary>Our end, to be watched; nothing once it has ended.</summary>
    public LibC.Watched ToWatch() => new(HasEnded ? -1 : (int)_pipe.SafePipeHandle.DangerousGetHandle());

    /// <summary>To be called when the child has its end: it is the last to close it.</summary>
    public void HandOver() => _pipe.DisposeLocalCopyOfClientHandle();

    /// <summary>Takes what is there; waits if there is nothing.</summary>
    public void Take()
    {
        Span<byte> bytes = stackalloc byte[Block];
        Span<char> text = stackalloc char[Block + 1];
        int read = _pipe.Read(bytes);
        HasEnded = read == 0;
        int length = _decoder.GetChars(bytes[..read], text, flush: HasEnded);
        if (line is not null) Split(text[..length], line);
        else if (_kept.Length < MostKept) _kept.Append(text[..length]);
    }

    public void Dispose() => _pipe.Dispose();

    // A line without an end is cut into pieces, not collected for ever.
    private void Split(ReadOnlySpan<char> rest, Action<string> line)
    {
        for (int end; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
        {
            _kept.Append(rest[..end]);
            Flush(line);
        }
        _kept.Append(rest);
        if (_kept.Length >= LongestLine || (HasEnded && _kept.Length > 0)) Flush(line);
    }

    private void Flush(Action<string> line)
    {
        string whole = _kept.ToString();
        _kept.Clear();
        line(whole);
    }
}
