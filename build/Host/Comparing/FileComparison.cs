using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Compares two files: their bytes, and where those differ what they say.</summary>
internal static class FileComparison
{
    private const int BlockSize = 1 << 20, HeadLength = 4096;

    private static readonly IContentComparer[] All =
    [
        new Hdf5Comparer(),
        new RootComparer(),
        new JsonComparer(),
        new CsvComparer(),
        new TextComparer(),
    ];

    /// <summary>The first difference, or <see langword="null"/> if they are the same bytes.</summary>
    public static FileDifference? Of(string old, string @new)
    {
        using FileStream left = File.OpenRead(old), right = File.OpenRead(@new);
        if (FirstByte(left, right) is not { } offset) return null;
        IContentComparer? comparer = All.FirstOrDefault(one => one.Knows(old, Head(left)) && one.Knows(@new, Head(right)));
        if (comparer is null) return new FileDifference(offset, left.Length, right.Length, null, null);
        // A file that is damaged differs all the more: the reader's words say how.
        try { return new FileDifference(offset, left.Length, right.Length, comparer.Format, comparer.First(old, @new)); }
        catch (Exception damaged) when (damaged is StepFailed or JsonException)
        {
            return new FileDifference(
                offset,
                left.Length,
                right.Length,
                $"unreadable {comparer.Format} ({damaged.Message.Split('\n')[0]})",
                null);
        }
    }

    private static long? FirstByte(FileStream left, FileStream right)
    {
        byte[] a = new byte[BlockSize], b = new byte[BlockSize];
        for (long at = 0; ; at += BlockSize)
        {
            int inA = left.ReadAtLeast(a, BlockSize, throwOnEndOfStream: false),
                inB = right.ReadAtLeast(b, BlockSize, throwOnEndOfStream: false);
            int same = a.AsSpan(0, inA).CommonPrefixLength(b.AsSpan(0, inB));
            if (same < Math.Max(inA, inB)) return at + same;
            if (inA < BlockSize) return null;
        }
    }

    private static byte[] Head(FileStream file)
    {
        var head = new byte[HeadLength];
        file.Position = 0;
        return head[..file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
    }
}
