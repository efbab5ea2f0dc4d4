namespace TauPipeline.Host;

/// <summary>Any other text: the first line that differs, from where it differs.</summary>
internal sealed class TextComparer : IContentComparer
{
    private const int LeadIn = 20;

    public string Format => "text";

    // Binary formats have a zero byte soon.
    public bool Knows(string file, ReadOnlySpan<byte> head) =>
        !head.Contains((byte)0) && !head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) && !head.StartsWith("%PDF"u8);

    public Difference? First(string old, string @new)
    {
        using IEnumerator<string> left = File.ReadLines(old).GetEnumerator(), right = File.ReadLines(@new).GetEnumerator();
        for (long line = 1; ; line++)
        {
            string? a = left.MoveNext() ? left.Current : null, b = right.MoveNext() ? right.Current : null;
            if (a is null && b is null) return null; // only the line ends differ
            if (a == b) continue;
            int same = Math.Max(0, (a ?? "").AsSpan().CommonPrefixLength(b ?? "") - LeadIn);
            return new Difference($"line {line}", null, a is null ? "no such line" : a[same..], b is null ? "no such line" : b[same..]);
        }
    }
}
