using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>Single values as JSON, and the short names of types.</summary>
internal static class DigestText
{
    // Beyond this a JSON number would be rounded by readers that hold it as double.
    private const long LargestExact = 1L << 53;

    public static string Of(RootColumn column, int item) => column switch
    {
        { Shape.IsText: true } => $"\"{JsonEncodedText.Encode(column.Text(item), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
        RootColumn<bool> typed => typed.Values[item] ? "true" : "false",
        RootColumn<sbyte> typed => Of(typed.Values[item]),
        RootColumn<byte> typed => Of(typed.Values[item]),
        RootColumn<short> typed => Of(typed.Values[item]),
        RootColumn<ushort> typed => Of(typed.Values[item]),
        RootColumn<int> typed => Of(typed.Values[item]),
        RootColumn<uint> typed => Of(typed.Values[item]),
        RootColumn<long> typed => Of(typed.Values[item]),
        RootColumn<ulong> typed => typed.Values[item] is var value && value <= LargestExact ? Of((long)value) : $"\"{value}\"",
        RootColumn<float> typed => Of((double)typed.Values[item]),
        RootColumn<double> typed => Of(typed.Values[item]),
        _ => throw new Defect($"values of {ColumnTypes.Name(column.Shape.Type)} have no text"),
    };

    /// <summary><c>bool</c>, <c>i16</c>, <c>f64</c>, or <c>utf8</c>.</summary>
    public static string NameOf(RootColumnShape shape)
    {
        if (shape.IsText) return "utf8";
        string name = ColumnTypes.Name(shape.Type);
        return shape.Type == ColumnType.Bool ? name : name[..1] + name[name.AsSpan().IndexOfAnyInRange('0', '9')..];
    }

    private static string Of(long value) =>
        Math.Abs((decimal)value) <= LargestExact
            ? value.ToString(CultureInfo.InvariantCulture)
            : $"\"{value.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>A number that reads back as that value; text where JSON has no word for it.</summary>
    public static string Of(double value) =>
        double.IsFinite(value) ? NumberText.Exact(value) : double.IsNaN(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"";
}
