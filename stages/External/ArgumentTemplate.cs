using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>What an argument may name.</summary>
/// <param name="Inputs">Roles of inputs.</param>
/// <param name="Outputs">Names of outputs.</param>
/// <param name="ForEach">The input of which a step has one file.</param>
public sealed record ArgumentNames(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string? ForEach);

/// <summary>
/// One argument of an external program, with placeholders: <c>{input:ROLE}</c> (one file), <c>{inputs:ROLE}</c> (alone: an
/// argument for each file), <c>{list:ROLE}</c> (a text file that lists them), <c>{output:NAME}</c>, <c>{entry}</c>,
/// <c>{scratch}</c>, <c>{seed}</c>, <c>{threads}</c>, <c>{memory}</c>; <c>{{</c> and <c>}}</c> are braces. Never seen by a shell.
/// </summary>
public sealed class ArgumentTemplate
{
    private static readonly string[] Kinds = ["input", "inputs", "list", "output", "entry", "scratch", "seed", "threads", "memory"];
    private readonly List<(string? Kind, string Text)> _pieces;

    private ArgumentTemplate(string text, List<(string? Kind, string Text)> pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>An empty argument.</summary>
    public static ArgumentTemplate Empty { get; } = new("", []);

    /// <summary>As it stands in the campaign.</summary>
    public string Text { get; }

    /// <summary>Reads an argument.</summary>
    /// <exception cref="Misuse">A placeholder that is not known, or not here.</exception>
    public static ArgumentTemplate Parse(string text, ArgumentNames names, string where)
    {
        var pieces = new List<(string?, string)>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c) { literal.Append(c); i++; continue; }
            if (c != '{') { literal.Append(c); continue; }
            int end = text.IndexOf('}', i);
            if (end < 0) throw ExternalErrors.OpenBrace(where, text);
            if (literal.Length > 0) pieces.Add((null, literal.ToString()));
            literal.Clear();
            pieces.Add(Placeholder(text[(i + 1)..end], text, names, where));
            i = end;
        }
        if (literal.Length > 0) pieces.Add((null, literal.ToString()));
        if (pieces.Count > 1 && pieces.Any(piece => piece.Item1 == "inputs")) throw ExternalErrors.InputsNotAlone(where, text);
        return new ArgumentTemplate(text, pieces);
    }

    /// <summary>The roles that it wants as one file.</summary>
    internal IEnumerable<string> SingleInputs => _pieces.Where(piece => piece.Kind == "input").Select(piece => piece.Text);

    /// <summary>The arguments it stands for.</summary>
    internal IEnumerable<string> Fill(ArgumentValues values)
    {
        if (_pieces is [("inputs", var role)]) return values.Inputs[role];
        return [string.Concat(_pieces.Select(piece => piece.Kind switch
        {
            null => piece.Text,
            "input" => values.Inputs[piece.Text][0],
            "list" => values.List(piece.Text),
            "output" => values.Outputs[piece.Text],
            var kind => values.Other(kind),
        }))];
    }

    private static (string? Kind, string Text) Placeholder(string inside, string argument, ArgumentNames names, string where)
    {
        string[] parts = inside.Split(':', 2);
        string kind = parts[0], name = parts.Length > 1 ? parts[1] : "";
        if (!Kinds.Contains(kind)) throw ExternalErrors.UnknownPlaceholder(where, argument, inside, Kinds);
        IReadOnlyList<string>? known = kind switch { "input" or "inputs" or "list" => names.Inputs, "output" => names.Outputs, _ => null };
        if (known is null ? parts.Length > 1 : !known.Contains(name))
            throw ExternalErrors.UnknownPlaceholder(where, argument, inside, known?.Select(one => $"{kind}:{one}") ?? Kinds);
        if (kind == "entry" && names.ForEach is null) throw ExternalErrors.NoEntry(where, argument);
        return (kind, name);
    }
}

/// <summary>What the placeholders of one step stand for.</summary>
/// <param name="Inputs">Paths of each role.</param>
/// <param name="Outputs">Path of each output.</param>
/// <param name="List">Writes the list of a role's files and gives its path.</param>
/// <param name="Other">All others by their word.</param>
internal sealed record ArgumentValues(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    Func<string, string> List,
    Func<string, string> Other);
