using System.Globalization;
using System.Text.Json;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>How every product was made: the engine's lineage as tables, without times or hosts.</summary>
internal static class LineageTables
{
    public static IEnumerable<ReportBlock> Of(LineageFile lineage, ReportSettings settings)
    {
        using JsonDocument document = JsonDocument.Parse(lineage.Json);
        JsonElement[] steps = [.. document.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.Clone())];
        yield return new ReportText(
            $"{steps.Length} steps made what this page of campaign '{settings.Campaign}' shows. Products with the same sha256 are the same, whoever made them."
        );
        yield return new ReportDetails("Raw inputs", [Table("What the first steps read, by content", ["Step", "Input", "sha256"],
            steps.Where(step => Name(step).StartsWith("Ingest/", StringComparison.Ordinal))
                .SelectMany(step => Properties(step, "inputs").Select(input => new[] { Name(step), input.Name, input.Value }))),
    ]);
        yield return new ReportDetails(
            "Settings of each stage",
            [
                Table(
                    "Values used, after units and defaults",
                    ["Stage", "Setting", "Value"],
            steps.SelectMany(step =>
                    Properties(step, "settings").Select(setting => (Stage: Name(step).Split('/')[0], setting.Name, setting.Value)))
                .Distinct()
                .Select(row => new[] { row.Stage, row.Name, row.Value })),
    ]);
        yield return new ReportDetails("Tools", [Table("Versions that can change a result", ["Stage", "Tools"],
            steps.Select(step => (Stage: Name(step).Split('/')[0], Tools: step.GetProperty("tools").GetString()!))
                .Where(row => row.Tools.Length > 0)
                .Distinct()
                .Select(row => new[] { row.Stage, row.Tools })),
    ]);
        yield return new ReportDetails(
            "Products",
            [
                new ReportTable(
                    "Every product, the step that made it, and its content",
                    [new("Step"), new("Product"), new("Bytes", true), new("sha256")],
            [.. steps.SelectMany(step => step.GetProperty("outputs").EnumerateArray().Select(output => (IReadOnlyList<string>)
            [
                Name(step), output.GetProperty("path").GetString()!,
                output.GetProperty("size").GetInt64().ToString(CultureInfo.InvariantCulture), output.GetProperty("sha256").GetString()!,
            ]))])]);
    }

    private static string Name(JsonElement step) => step.GetProperty("step").GetString()!;

    private static IEnumerable<(string Name, string Value)> Properties(JsonElement step, string of) =>
        step.GetProperty(of).EnumerateObject().Select(property => (property.Name, property.Value.GetString() ?? ""));

    private static ReportTable Table(string caption, IReadOnlyList<string> columns, IEnumerable<string[]> rows) =>
        new(caption, [.. columns.Select(title => new ReportColumn(title))], [.. rows]);
}
