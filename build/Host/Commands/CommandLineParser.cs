using TauPipeline.Configuration;

namespace TauPipeline.Host;

/// <summary>Reads the words after <c>dotnet cake</c>, strictly: what it does not know is an error, never ignored.</summary>
internal static class CommandLineParser
{
    /// <exception cref="Foundation.Misuse">An option that is unknown, lacks its value, has one too many, or belongs to another
    /// tool.</exception>
    public static CommandLine Parse(IReadOnlyList<string> words)
    {
        var given = new List<(Option Option, string Value)>();
        for (int at = 0; at < words.Count; at++)
        {
            (Option option, string? value) = Split(words[at]);
            if (option.Placeholder is null && value is not null) throw CommandErrors.FlagWithValue(option, value);
            if (option.Placeholder is not null) value ??= Following(words, ref at) ?? throw CommandErrors.NoValue(option);
            if (!option.Repeats && given.Any(one => one.Option == option)) throw CommandErrors.Twice(option);
            given.Add((option, value ?? ""));
        }
        var line = new CommandLine(words, given.ToLookup(one => one.Option, one => one.Value));
        Check(line, [.. given.Select(one => one.Option)]);
        return line;
    }

    private static (Option Option, string? Value) Split(string word)
    {
        if (word.Length < 2 || word[0] != '-') throw CommandErrors.Positional(word);
        bool isShort = word[1] != '-';
        string[] parts = word[(isShort ? 1 : 2)..].Split('=', 2);
        // A single dash is only for Cake's one-letter spellings.
        if (isShort != (parts[0].Length == 1) || Options.Find(parts[0]) is not { } option) throw CommandErrors.Unknown(word.Split('=')[0]);
        return (option, parts.Length == 2 ? parts[1] : null);
    }

    private static string? Following(IReadOnlyList<string> words, ref int at) =>
        at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal) ? words[++at] : null;

    private static void Check(CommandLine line, IReadOnlyList<Option> given)
    {
        foreach (Option option in given)
            if (option.Tools.Count > 0 && !option.Tools.Intersect(line.Targets, StringComparer.OrdinalIgnoreCase).Any())
                throw CommandErrors.OtherTool(option);
        foreach (Option option in given.Where(option => option.Place != PlaceUse.None).Distinct())
            foreach (string place in line.All(option))
                if (option.Place == PlaceUse.Read) RemoteAddress.Refuse(place, $"{option}");
                else RemoteAddress.RefuseToWrite(place, $"{option}");
        if (line.Value(Options.Executor) is { } executor && !Options.Executors.Contains(executor)) throw CommandErrors.Executor(executor);
        if (line.Has(Options.Json) && line.Mode is (RunMode.Tree or RunMode.Description)) throw CommandErrors.JsonTree();
        _ = line.Jobs;
        _ = line.Verbosity;
    }
}
