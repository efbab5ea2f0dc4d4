using System.Text;

namespace TauPipeline.Host;

/// <summary>CSV: line by line, and in the first line that differs the first column, by its name in the header.</summary>
internal sealed class CsvComparer : IContentComparer
{
    public string Format => "CSV";

    public bool Knows(string file, ReadOnlySpan<byte> head) => file.EndsWith(".csv", StringComparison.Ordinal);

    public Difference? First(string old, string @new)
    {
        using IEnumerator<string> left = File.ReadLines(old).GetEnumerator(), right = File.ReadLines(@new).GetEnumerator();
        List<string>? header = null;
        for (long row = -1; ; row++)
        {
            string? a = left.MoveNext() ? left.Current : null, b = right.MoveNext() ? right.Current : null;
            if (a is null && b is null) return null;
            if (a != b) return Cells(header, row, a, b);
            header ??= Split(a!);
        }
    }

    private static Difference Cells(List<string>? header, long row, string? a, string? b)
    {
        if (a is null || b is null) return new Difference("the file", row, a ?? "no such row", b ?? "no such row");
        List<string> left = Split(a), right = Split(b);
        int at = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        string name = header?.ElementAtOrDefault(at) ?? (header is null ? "header" : $"column {at}");
        return new Difference(
            name,
            header is null ? null : row,
            left.ElementAtOrDefault(at) ?? "no such cell",
            right.ElementAtOrDefault(at) ?? "no such cell");
    }

    // RFC 4180 within a line: quotes around a cell, doubled inside.
    private static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
                else quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }
        return [.. cells, cell.ToString()];
    }
}
