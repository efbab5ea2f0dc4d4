using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The row ledger of a step as a product: <c>{"step": …, "lines": [{"fate", "reason", "class", "rows", "weight"}]}</c>.</summary>
internal static class LedgerWriter
{
    /// <summary>Writes the ledger of a step that counts rows.</summary>
    /// <exception cref="StepFailed">Rows are missing: in some class in plus repeated is not out plus dropped.</exception>
    public static void Write(string path, Step step, RowLedger rows)
    {
        if (!rows.Closes) throw BuildGraphErrors.RowsLost(step, rows);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, JsonForm.Page);
        json.WriteStartObject();
        json.WriteString("step", step.Id);
        json.WriteStartArray("lines");
        foreach (LedgerLine line in rows.Lines)
        {
            json.WriteStartObject();
            json.WriteString("fate", line.Fate.ToString().ToLowerInvariant());
            json.WriteString("reason", line.Reason);
            json.WriteString("class", line.Class);
            json.WriteNumber("rows", line.Rows);
            json.WriteExact("weight", line.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
