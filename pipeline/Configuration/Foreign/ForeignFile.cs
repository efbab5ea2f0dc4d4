using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// A configuration of another program: its text, and what it says if that is YAML, JSON, or groups of datasets as TauMLTools has them.
/// </summary>
public sealed class ForeignFile
{
    private ForeignFile(string path, string text, ForeignNode? top) => (Path, Text, Top) = (path, text, top);

    /// <summary>Where it is, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>What it holds; <see langword="null"/> if it is neither YAML nor JSON.</summary>
    public ForeignNode? Top { get; }

    /// <summary>The map at its top; <see langword="null"/> if there is none.</summary>
    public ForeignNode? Root => Top is { IsMap: true } ? Top : null;

    /// <summary>Why it is not YAML, or <see langword="null"/> if it is.</summary>
    public Misuse? NotYaml { get; private init; }

    /// <summary>Reads a file, and the files that it takes in by <c>!include</c>, which stand beside it.</summary>
    /// <exception cref="Misuse">It cannot be read.</exception>
    public static ForeignFile Load(string path)
    {
        string text;
        try { text = File.ReadAllText(path); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ConfigErrors.CannotRead(path, path, error);
        }
        try { return new ForeignFile(path, text, new ForeignNode(YamlReader.ReadForeign(text, path))); }
        catch (Misuse error) { return new ForeignFile(path, text, null) { NotYaml = error }; }
    }

    /// <summary>Reads another file that this one names, by a path from its own folder or from here.</summary>
    /// <exception cref="Misuse">It cannot be read.</exception>
    public ForeignFile Beside(string path)
    {
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", path);
        return Load(File.Exists(beside) || !File.Exists(path) ? beside : path);
    }

    /// <summary>The groups of datasets that it declares, by name, if it is a <c>.cfg</c> of TauMLTools.</summary>
    /// <exception cref="Misuse">A line is not as it should be.</exception>
    public ForeignNode Groups() => new(DataGroups.Parse(Text, Path));
}
