using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>A graph of file copies in a folder: inputs in <c>in/</c>, products in <c>out/</c>.</summary>
/// <param name="Shape"><c>fan</c>: every step copies its own input; <c>chain</c>: every step copies the one before.</param>
/// <param name="Steps">How many.</param>
/// <param name="Work"><c>shell</c>: each copy is a process (<c>cp</c>); <c>inside</c>: in the engine's own; <c>bare</c>: the same copies
/// in a loop, without an engine.</param>
/// <param name="Folder">Where.</param>
internal sealed record EngineCase(string Shape, int Steps, string Work, string Folder)
{
    public static EngineCase Parse(IReadOnlyList<string> words) =>
        new(words[0], int.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3]);

    public IReadOnlyList<string> Words => [Shape, Steps.ToString(CultureInfo.InvariantCulture), Work, Folder];

    public bool IsChain => Shape == "chain";

    /// <summary>The raw inputs.</summary>
    public IEnumerable<string> Inputs => Enumerable.Range(0, IsChain ? 1 : Steps).Select(Input);

    public string Input(int step) => Input(Name(step));

    public string Input(string name) => Path.Combine(Folder, "in", name);

    public static string Name(int step) => step.ToString("d6", CultureInfo.InvariantCulture) + ".txt";

    /// <summary>Writes the raw inputs.</summary>
    public void Prepare(int bytes = 32)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "in"));
        var content = new byte[bytes];
        int index = 0;
        foreach (string input in Inputs)
        {
            for (int i = 0; i < Math.Min(bytes, 1 << 16); i += 8) BitConverter.TryWriteBytes(content.AsSpan(i), (long)index * 7919 + i);
            File.WriteAllBytes(input, content);
            index++;
        }
    }
}
