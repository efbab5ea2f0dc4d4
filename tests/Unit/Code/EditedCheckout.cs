using TauPipeline.Tasks;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>
/// The rooms as they were built, some of them compiled again from edited sources, and the stages whose code is then another.
/// </summary>
internal sealed class EditedCheckout : IDisposable
{
    private static readonly string[] Rooms = [.. Directory.GetFiles(AppContext.BaseDirectory, "TauPipeline.*.dll")
        .Where(file =>
            !Path.GetFileName(file).StartsWith("TauPipeline.T", StringComparison.Ordinal)
            || Path.GetFileName(file) == "TauPipeline.Tensors.dll"),
];

    // What rooms that are compiled here need beside the framework and each other.
    private static readonly string[] Packages = [Path.Combine(AppContext.BaseDirectory, "Parquet.dll")];

    private static readonly Lazy<Dictionary<string, StageCode>> Built = new(() => Code(Rooms, Checkout.Root));

    /// <summary>The code of every stage, as it was built.</summary>
    public static IReadOnlyDictionary<string, StageCode> AsBuilt => Built.Value;

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _texts = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>Replaces a text in a file of the checkout.</summary>
    public EditedCheckout With(string file, string old, string @new)
    {
        string text = _texts.TryGetValue(file, out string? edited) ? edited : File.ReadAllText(Checkout.At(file));
        if (!text.Contains(old, StringComparison.Ordinal))
            throw new InvalidOperationException($"{file} has no '{old}' any more: mend the test");
        _texts[file] = text.Replace(old, @new, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Adds a file.</summary>
    public EditedCheckout WithNew(string file, string text)
    {
        _texts[file] = text;
        return this;
    }

    /// <summary>Changes every C# file of a room.</summary>
    public EditedCheckout WithAll(string room, Func<string, string> edit)
    {
        foreach (string file in Sources(room)) _texts[file] = edit(File.ReadAllText(Checkout.At(file)));
        return this;
    }

    /// <summary>
    /// The stages whose code is another after compiling these rooms again, with the short names of the members that differ.
    /// </summary>
    /// <param name="rooms">Folders, lowest first: <c>pipeline/Statistics</c>.</param>
    public Dictionary<string, string[]> Changed(params string[] rooms)
    {
        Dictionary<string, string> assemblies = Rooms.ToDictionary(file => Path.GetFileName(file));
        foreach (string room in rooms)
        {
            string name = $"TauPipeline.{char.ToUpperInvariant(Path.GetFileName(room)[0])}{Path.GetFileName(room)[1..]}";
            var sources = Sources(room)
                .Union(
                    _texts.Keys.Where(file =>
                        file.StartsWith(room + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
                .Select(file =>
                    (_folder.At(file), _texts.TryGetValue(file, out string? edited) ? edited : File.ReadAllText(Checkout.At(file))));
            assemblies[name + ".dll"] = TestCompiler.Compile(_folder.Path, name, sources, [.. assemblies.Values, .. Packages]);
        }
        return Code(assemblies.Values, OtherFiles()).Where(stage => stage.Value.Fingerprint != Built.Value[stage.Key].Fingerprint)
            .ToDictionary(stage => stage.Key, stage => Differing(stage.Value, Built.Value[stage.Key]));
    }

    private static string[] Differing(StageCode one, StageCode other) =>
        [
            .. one.Lines.Except(other.Lines)
                .Concat(other.Lines.Except(one.Lines))
                .Select(line => line.Short)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Sources(string room) => Checkout.Sources(".cs", room);

    private static Dictionary<string, StageCode> Code(IEnumerable<string> assemblies, string root) =>
        StageCode.Of(assemblies, root, "TauPipeline.Stages").ToDictionary(code => code.Stage);

    // Scripts, style sheets and C++ are read where they stand: here, edited ones among them.
    private string OtherFiles()
    {
        foreach (
            string file in new[] { "pipeline/Plotting", "pipeline/Tensors" }
                .SelectMany(room => Checkout.Sources("", room))
                .Where(file => !file.EndsWith(".cs", StringComparison.Ordinal))
                .Union(_texts.Keys))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(file))!);
            File.WriteAllText(
                _folder.At(file),
                _texts.TryGetValue(file, out string? edited) ? edited : File.ReadAllText(Checkout.At(file)));
        }
        return _folder.Path;
    }
}
