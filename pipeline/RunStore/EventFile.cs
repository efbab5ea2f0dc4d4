using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.RunStore;

/// <summary>
/// A file of events for TensorBoard: numbers by name and step. Written by ourselves: TorchSharp's writer would load libtorch into the host
/// and put the machine's name into the file's.
/// </summary>
public sealed class EventFile : IDisposable
{
    // Fields of the messages Event, Summary and Summary.Value, and how protocol buffers pack them.
    private const int WallTime = 1, Step = 2, Version = 3, Summary = 5, Value = 1, Tag = 1, SimpleValue = 2;
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly Stream _to;

    /// <summary>Begins a file.</summary>
    /// <param name="to">Where to; closed with this.</param>
    /// <param name="time">When it begins, in milliseconds since 1970 (UTC).</param>
    public EventFile(Stream to, long time)
    {
        _to = to;
        Append(time, 0, Version, "brain.Event:2"u8);
    }

    /// <summary>The name of such a file that begins then: TensorBoard looks for <c>tfevents</c> and takes files in their order.</summary>
    public static string NameAt(long time) => FormattableString.Invariant($"events.out.tfevents.{time / 1000:0000000000}.tau");

    /// <summary>Notes a number.</summary>
    /// <param name="tag">Which.</param>
    /// <param name="point">Its value, when, and at which step.</param>
    public void Add(string tag, MetricPoint point)
    {
        using MemoryStream value = new(), summary = new();
        Put(value, Tag, Encoding.UTF8.GetBytes(tag));
        Key(value, SimpleValue, Fixed32);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)point.Value);
        value.Write(number);
        Put(summary, Value, value.ToArray());
        Append(point.Time, point.Step, Summary, summary.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _to.Dispose();

    private void Append(long time, long step, int field, ReadOnlySpan<byte> content)
    {
        using var message = new MemoryStream();
        Key(message, WallTime, Fixed64);
        Span<byte> seconds = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(seconds, time / 1000.0);
        message.Write(seconds);
        if (step != 0)
        {
            Key(message, Step, Varint);
            Number(message, (ulong)step);
        }
        Put(message, field, content);
        RecordFile.Append(_to, message.ToArray());
    }

    private static void Put(MemoryStream to, int field, ReadOnlySpan<byte> bytes)
    {
        Key(to, field, Bytes);
        Number(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Key(MemoryStream to, int field, int kind) => Number(to, (ulong)(field << 3 | kind));

    private static void Number(MemoryStream to, ulong value)
    {
        for (; value > 127; value >>= 7) to.WriteByte((byte)(value | 128));
        to.WriteByte((byte)value);
    }
}
