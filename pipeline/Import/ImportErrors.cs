using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>What can be wrong with files that a campaign is to be made from.</summary>
internal static class ImportErrors
{
    private static (string Label, string Value)[] Kinds => [.. Importers.All.Select(one => (one.Kind, one.Summary))];

    public static Misuse NotRecognised(ImportSource source) => new(new ErrorText(
        $"'{source.First.Path}' is no configuration that can be imported",
        [.. source.First.NotYaml is { } wrong ? [("as YAML", wrong.Text.Title)] : Array.Empty<(string, string)>(), .. Kinds],
        "say by  --kind=  which of these it is"));

    public static Misuse Nothing(ImportSource source, string summary) =>
        new(new ErrorText($"'{source.First.Path}' has nothing to import", [("expected", summary)]));

    public static Misuse NoSuchKind(string kind) => new(new ErrorText($"--kind={kind} is none that can be imported", Kinds));
}
