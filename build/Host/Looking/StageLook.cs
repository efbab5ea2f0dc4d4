using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A stage as Status shows it.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Counts">How many steps are in each state, in the order of <see cref="StepLook.States"/>.</param>
/// <param name="Size">Bytes of its products, as the log has them.</param>
/// <param name="Written">When the newest of them was written.</param>
internal sealed record StageLook(string Name, IReadOnlyList<int> Counts, long Size, DateTime? Written)
{
    public bool IsUpToDate => Counts.Skip(1).All(count => count == 0);

    public static StageLook Of(string name, IReadOnlyList<StepLook> steps, IReadOnlyDictionary<string, StepState> built, string folder) => new(name,
        [.. StepLook.States.Select(state => steps.Count(one => one.State == state))],
        steps.Where(one => one.State != StepLook.Missing && built.ContainsKey(one.Step.Id)).Sum(one => built[one.Step.Id].Products.Sum(product => product.Size)),
        Products.Written(folder, steps.Select(one => one.Step)));

    public IReadOnlyList<string> Row() =>
        [Name, $"{Counts.Sum()}", .. Counts.Select(count => count > 0 ? $"{count}" : "-"), Size > 0 ? Words.Size(Size) : "-", Words.Of(Written)];

    public string Json() => JsonLine.Of(line =>
    {
        line.Write("event", "stage").Write("stage", Name).Write("steps", Counts.Sum());
        foreach ((string state, int count) in StepLook.States.Zip(Counts)) line.Write(state.Replace(' ', '_'), count);
        line.Write("size", Size);
        if (Written is { } time) line.Write("last_built", time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    });
}
