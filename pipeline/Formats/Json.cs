using System.Text.Json;
using System.Text.Json.Serialization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// Small products as JSON: names in snake case, numbers in the shortest form that reads back, the same value always the same bytes.
/// </summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JsonForm.Page.Encoder,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new ExactNumber(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static void Write<T>(ProductOutput to, T value)
    {
        using var file = new FileStream(to.Path, FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(file, value, Options);
        file.WriteByte((byte)'\n');
    }

    /// <exception cref="StepFailed">The file does not hold such a value: says where.</exception>
    public static T Read<T>(ProductInput from)
    {
        if (!File.Exists(from.Path)) throw FormatErrors.NoFile(from.Path);
        try
        {
            using FileStream file = File.OpenRead(from.Path);
            return JsonSerializer.Deserialize<T>(file, Options) ?? throw FormatErrors.NotA(from.Path, typeof(T).Name, "null");
        }
        catch (JsonException error)
        {
            throw FormatErrors.NotA(from.Path, typeof(T).Name, error);
        }
    }
}
