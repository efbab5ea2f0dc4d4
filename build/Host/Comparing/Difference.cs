namespace TauPipeline.Host;

/// <summary>The first place where two files say something else.</summary>
/// <param name="Column">The column, branch, attribute or JSON path.</param>
/// <param name="Row">Its row or line from 0, where there are rows.</param>
/// <param name="Old">The value in the first file.</param>
/// <param name="New">The value in the second.</param>
internal sealed record Difference(string Column, long? Row, string Old, string New)
{
    private const int LongestValue = 80;

    /// <inheritdoc/>
    public override string ToString() => $"{Column}{(Row is { } row ? $" row {row}" : "")}: {Short(Old)} -> {Short(New)}";

    private static string Short(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestValue ? line : line[..LongestValue] + "…";
    }
}

/// <summary>Two files that are not the same bytes.</summary>
/// <param name="Offset">The first byte that differs; the length of the shorter file if one goes on where the other ends.</param>
/// <param name="OldSize">Bytes of the first file.</param>
/// <param name="NewSize">Bytes of the second.</param>
/// <param name="Format">The format by which they were compared, or <see langword="null"/> if only their bytes were.</param>
/// <param name="First">Where their contents differ; <see langword="null"/> where only bytes do: compression, times, padding.</param>
internal sealed record FileDifference(long Offset, long OldSize, long NewSize, string? Format, Difference? First)
{
    /// <inheritdoc/>
    public override string ToString() => $"byte {Offset}{(OldSize == NewSize ? "" : $" ({OldSize} -> {NewSize} bytes)")}"
        + (Format is null ? "" : First is null ? $"; as {Format} they say the same" : $"; {Format} {First}");
}
