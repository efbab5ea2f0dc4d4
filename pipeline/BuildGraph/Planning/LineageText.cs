using System.Text;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>How everything a step reads was made, as a text without times, hosts or places.</summary>
internal sealed class LineageText(BuildLog log)
{
    // Without code and fingerprint: a page that shows them would change with every edit of a stage that changes no product.
    /// <summary>JSON of every upstream step, ordered by id: settings, inputs, tools and outputs.</summary>
    public string Of(PlannedStep reader)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonForm.Page))
        {
            json.WriteStartObject();
            json.WriteStartArray("steps");
            foreach (PlannedStep planned in BuildPlan.Closure(reader.Upstream).OrderBy(step => step.Step.Id, StringComparer.Ordinal))
                if (log.Step(planned.Step.Id) is { } record) Write(json, planned.Step, record);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Step step, StepRecord record)
    {
        json.WriteStartObject();
        json.WriteString("step", step.Id);
        WriteComponents(json, "settings", record, "setting ");
        WriteComponents(json, "environment", record, "environment ");
        WriteComponents(json, "inputs", record, "input ");
        json.WriteString("tools", record.Fingerprint.Part("tools") ?? "");
        json.WriteStartArray("outputs");
        foreach (OutputRecord output in record.Outputs.OrderBy(output => output.Path, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("path", output.Path);
            json.WriteNumber("size", output.Size);
            json.WriteString("sha256", output.Hash.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter json, string name, StepRecord record, string prefix)
    {
        json.WriteStartObject(name);
        foreach ((string component, string value) in record.Fingerprint.Parts)
            if (component.StartsWith(prefix, StringComparison.Ordinal)) json.WriteString(component[prefix.Length..], value);
        json.WriteEndObject();
    }
}
