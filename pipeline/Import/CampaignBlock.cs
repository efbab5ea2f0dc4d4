using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>A block of a campaign that is being written: keys in their order, each with a value, a list or a block of its own.</summary>
internal sealed class CampaignBlock
{
    private const int Widest = 130;

    // What YAML takes for a text without quotation marks, in lists and maps in one line too.
    private static readonly Regex Plain = new(@"^[A-Za-z_./$][A-Za-z0-9_./ ()+*-]*$|^-?[0-9][0-9.]*(e-?[0-9]+)?$", RegexOptions.CultureInvariant);
    private static readonly string[] Reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    private bool _isList;
    private readonly List<(string? Comment, string Key, string Line, CampaignBlock? Inner)> _entries = [];

    /// <summary>Whether nothing stands in it.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>A value.</summary>
    public CampaignBlock Add(string key, string value, string? comment = null) => Put(key, Quoted(value), comment);

    /// <summary>A number.</summary>
    public CampaignBlock Add(string key, double value, string? comment = null) => Put(key, Number(value), comment);

    /// <summary>Yes or no.</summary>
    public CampaignBlock Add(string key, bool value, string? comment = null) => Put(key, value ? "yes" : "no", comment);

    /// <summary>A list of values.</summary>
    public CampaignBlock Add(string key, IEnumerable<string> values, string? comment = null) =>
        Put(key, $"[{string.Join(", ", values.Select(Quoted))}]", comment);

    /// <summary>A list of numbers.</summary>
    public CampaignBlock Add(string key, IEnumerable<double> values) => Put(key, Text(values), null);

    /// <summary>A list of lists of numbers.</summary>
    public CampaignBlock Add(string key, IEnumerable<IReadOnlyList<double>> values) =>
        Put(key, $"[{string.Join(", ", values.Select(Text))}]", null);

    /// <summary>The block of a key; made if there is none.</summary>
    public CampaignBlock Block(string key, string? comment = null)
    {
        if (_entries.Find(entry => entry.Key == key).Inner is { } known) return known;
        var inner = new CampaignBlock();
        _entries.Add((comment, key, "", inner));
        return inner;
    }

    /// <summary>Puts a block that was written elsewhere.</summary>
    public void Put(string key, CampaignBlock inner) => _entries.Add((null, key, "", inner));

    /// <summary>Whether a key stands in it; with a block only one that reads the same.</summary>
    public bool Has(string key, CampaignBlock? alike = null) =>
        _entries.Exists(entry => entry.Key == key && (alike is null || entry.Inner?.Write() == alike.Write()));

    /// <summary>A new block at the end of a key's list of blocks.</summary>
    public CampaignBlock Item(string key)
    {
        CampaignBlock list = Block(key);
        list._isList = true;
        return list.Block($"{list._entries.Count}");
    }

    /// <summary>The YAML.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        Write(text, 0);
        return text.ToString();
    }

    private static string Text(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Number))}]";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => IsPlain(text)
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool IsPlain(string text) =>
        Plain.IsMatch(text) && !text.EndsWith(' ') && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);

    private CampaignBlock Put(string key, string line, string? comment)
    {
        if (_entries.Exists(entry => entry.Key == key)) throw new Defect($"the campaign's key '{key}' is written twice");
        _entries.Add((comment, key, line, null));
        return this;
    }

    // In one line where nothing in it asks for more.
    private string? InLine()
    {
        if (_entries.Exists(entry => entry.Comment is not null || entry.Inner?._isList == true)) return null;
        var words = new List<string>();
        foreach ((_, string key, string line, CampaignBlock? inner) in _entries)
            if ((inner is null ? line : inner.InLine()) is { } value) words.Add($"{Quoted(key)}: {value}");
            else return null;
        return words.Count == 0 ? "{ }" : $"{{ {string.Join(", ", words)} }}";
    }

    private static void WriteItem(StringBuilder text, int depth, CampaignBlock item)
    {
        int start = text.Length;
        string indent = new(' ', 2 * depth);
        if (item.InLine() is { } line && indent.Length + 2 + line.Length <= Widest)
            text.Append(indent).Append("- ").Append(line).Append('\n');
        else
        {
            item.Write(text, depth + 1);
            text[start + indent.Length] = '-';
        }
    }

    private void Write(StringBuilder text, int depth)
    {
        string indent = new(' ', 2 * depth);
        foreach ((string? comment, string key, string line, CampaignBlock? inner) in _entries)
        {
            if (depth == 0 && inner is not null) text.Append('\n');
            if (comment is not null) text.Append(indent).Append("# ").Append(comment).Append('\n');
            string? value = inner is null ? line : inner.IsEmpty ? "{ }" : depth == 0 || inner._isList ? null : inner.InLine();
            if (_isList) WriteItem(text, depth, inner!);
            else if (value is not null && (inner is null || inner.IsEmpty || indent.Length + key.Length + 2 + value.Length <= Widest))
                text.Append(indent).Append(Quoted(key)).Append(": ").Append(value).Append('\n');
            else
            {
                text.Append(indent).Append(Quoted(key)).Append(":\n");
                inner!.Write(text, depth + 1);
            }
        }
    }
}
