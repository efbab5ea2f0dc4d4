using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>The row ledger of a step, as the engine writes it at <see cref="Step.Ledger"/>.</summary>
/// <param name="Step">Identity of the step.</param>
/// <param name="Lines">Its lines, in the file's order.</param>
public sealed record LedgerFile(string Step, IReadOnlyList<LedgerLine> Lines) : IProduct<LedgerFile>
{
    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no ledger.</exception>
    public static LedgerFile Read(ProductInput from)
    {
        JsonPart root = JsonPart.Read(from.Path);
        return new LedgerFile(root.Get("step").Text(), [.. root.Get("lines").Items().Select(line =>
            new LedgerLine(Fate(line.Get("fate")), line.Get("reason").Text(), line.Get("class").Text(), line.Get("rows").Integer(), line.Get("weight").Number()))]);
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, LedgerFile value) => JsonText.Write(to.Path, json =>
    {
        json.WriteStartObject();
        json.WriteString("step", value.Step);
        json.WriteStartArray("lines");
        foreach (LedgerLine line in value.Lines)
        {
            json.WriteStartObject();
            json.WriteString("fate", Name(line.Fate));
            json.WriteString("reason", line.Reason);
            json.WriteString("class", line.Class);
            json.WriteNumber("rows", line.Rows);
            json.WriteDouble("weight", line.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static RowFate Fate(JsonPart part) => Enum.GetValues<RowFate>() is var fates && Array.FindIndex(fates, fate => Name(fate) == part.Text()) is >= 0 and var i
        ? fates[i]
        : throw FormatErrors.OtherJson(part, string.Join(", ", fates.Select(Name)), part.Text());

    private static string Name(RowFate fate) => fate.ToString().ToLowerInvariant();
}
