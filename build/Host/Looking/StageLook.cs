using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A stage as Status shows it.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Counts">How many steps are in each state, in the order of <see cref="StepLook.States"/>.</param>
/// <param name="Size">Bytes of its products, as the log has them.</param>
/// <param name="Released">How many of its products were deleted on purpose: they are made again when something must read them.</param>
/// <param name="Written">When the newest of them was written.</param>
internal sealed record StageLook(string Name, IReadOnlyList<int> Counts, long Size, int Released, DateTime? Written)
{
    public bool IsUpToDate => Counts.Skip(1).All(count => count == 0);

    public static StageLook Of(string name, IReadOnlyList<StepLook> steps, IReadOnlyDictionary<string, StepState> built, string folder) =>
        new(
            name,
        [.. StepLook.States.Select(state => steps.Count(one => one.State == state))],
        Built(steps, built).Where(product => !product.IsReleased).Sum(product => product.Size),
        Built(steps, built).Count(product => product.IsReleased),
        Products.Written(folder, steps.Select(one => one.Step)));

    private static IEnumerable<ProductState> Built(IReadOnlyList<StepLook> steps, IReadOnlyDictionary<string, StepState> built) =>
        steps.Where(one => one.State != StepLook.Missing).SelectMany(one => built.GetValueOrDefault(one.Step.Id)?.Products ?? []);

    public IReadOnlyList<string> Row() =>
        [
            Name,
            $"{Counts.Sum()}",
            .. Counts.Select(count => count > 0 ? $"{count}" : "-"),
            Size > 0 ? Words.Size(Size) : "-",
            Words.Of(Written),
        ];

    public string Json() => JsonLine.Of(line =>
    {
        line.Write("event", "stage").Write("stage", Name).Write("steps", Counts.Sum());
        foreach ((string state, int count) in StepLook.States.Zip(Counts)) line.Write(state.Replace(' ', '_'), count);
        line.Write("size", Size).Write("released", Released);
        if (Written is { } time)
            line.Write("last_built", time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    });
}
