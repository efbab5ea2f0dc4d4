using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>A histogram in short, as one line of JSON in the form of the expected values (guide section 11).</summary>
public static class HistogramDigest
{
    private const int Ends = 3;

    /// <summary>
    /// kind, dtype, n, first, last, nonfinite, sum, sha256, shape, file, object, cls, entries, title, axes, has_sumw2, sumw2_sha256.
    /// </summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="file">File name without its folders.</param>
    /// <param name="path">The object's path with its cycle: <c>dir/h;1</c>.</param>
    public static string ToJson(RootHistogram histogram, string file, string path)
    {
        ReadOnlySpan<double> values = histogram.Values.Span;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonForm.Line))
        {
            json.WriteStartObject();
            json.WriteString("kind", "hist");
            json.WriteString("dtype", "f64");
            json.WriteNumber("n", values.Length);
            Write(json, "first", values[..Math.Min(Ends, values.Length)]);
            Write(json, "last", values[Math.Max(0, values.Length - Ends)..]);
            Summary(json, values);
            json.WriteString("sha256", Hash(values));
            json.WriteStartArray("shape");
            // The slowest index first, as an array of these cells has it.
            foreach (HistogramAxis axis in histogram.Axes.Reverse()) json.WriteNumberValue(axis.Bins + 2);
            json.WriteEndArray();
            json.WriteString("file", file);
            json.WriteString("object", path);
            json.WriteString("cls", histogram.ClassName);
            Write(json, "entries", histogram.Entries);
            json.WriteString("title", histogram.Title);
            json.WriteStartArray("axes");
            foreach (HistogramAxis axis in histogram.Axes) Write(json, axis);
            json.WriteEndArray();
            json.WriteBoolean("has_sumw2", !histogram.SumOfSquares.IsEmpty);
            if (!histogram.SumOfSquares.IsEmpty) json.WriteString("sumw2_sha256", Hash(histogram.SumOfSquares.Span));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Summary(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        var sum = new FiniteSum();
        sum.Add(values);
        json.WriteNumber("nonfinite", sum.NonFinite);
        Write(json, "sum", sum.Value);
    }

    private static void Write(Utf8JsonWriter json, HistogramAxis axis)
    {
        json.WriteStartObject();
        json.WriteNumber("nbins", axis.Bins);
        Write(json, "lo", axis.Low);
        Write(json, "hi", axis.High);
        json.WriteString("edges_sha256", Hash(axis.Edges()));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values) json.WriteRawValue(DigestText.Of(value));
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(DigestText.Of(value));
    }

    private static string Hash(ReadOnlySpan<double> values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
