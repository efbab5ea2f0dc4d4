using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shouldly;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

/// <summary>Numbers survive JSON to the last bit. The texts are python's repr, but for how an exponent is written.</summary>
public sealed class JsonFormTests
{
    // .NET's own shortest text of the first two is that of the double below.
    private static readonly (double Value, string Text)[] Known =
    [
        (Math.ScaleB(1, -25), "2.9802322387695312E-08"),
        (Math.ScaleB(1, -958), "4.1045368012983762E-289"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (9007199254740993.0, "9007199254740992"),
    ];

    private static readonly double[] Values =
    [
        .. Enumerable.Range(-1074, 2098)
            .SelectMany(power => new[] { Math.ScaleB(1, power), -Math.ScaleB(1, power), Math.BitIncrement(Math.ScaleB(1, power)) }),
        .. Known.Select(known => known.Value),
    ];

    private static readonly JsonSerializerOptions Indented = new(JsonForm.Values) { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public void Every_power_of_two_comes_back()
    {
        foreach (JsonSerializerOptions options in new[] { JsonForm.Values, Indented })
        {
            double[] back = JsonSerializer.Deserialize<double[]>(JsonSerializer.Serialize(Values, options), options)!;

            back.Select(BitConverter.DoubleToInt64Bits).ShouldBe(Values.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void The_texts_are_those_of_other_programs()
    {
        foreach ((double value, string text) in Known) JsonSerializer.Serialize(value, JsonForm.Values).ShouldBe(text);
    }

    [Fact]
    public void A_number_is_written_alike_by_hand()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonForm.Page))
        {
            json.WriteStartObject();
            foreach ((double value, string text) in Known) json.WriteExact(text, value);
            json.WriteEndObject();
        }

        Encoding.UTF8.GetString(bytes.ToArray()).Split('\n')[1..^1].Select(line => line.Trim(' ', ','))
            .ShouldBe(Known.Select(known => $"\"{known.Text}\": {known.Text}"));
    }

    [Fact]
    public void What_is_not_finite_has_a_name_where_that_is_allowed_and_else_is_refused()
    {
        var named = new JsonSerializerOptions(JsonForm.Values) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
        double?[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, null];

        string text = JsonSerializer.Serialize(values, named);

        text.ShouldBe("[\"NaN\",\"Infinity\",\"-Infinity\",null]");
        JsonSerializer.Deserialize<double?[]>(text, named).ShouldBe(values);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<double>("\"nan\"", named));
        Should.Throw<JsonException>(() => JsonSerializer.Serialize(double.NaN, JsonForm.Values));
    }
}
