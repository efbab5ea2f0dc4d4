using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.ToyHost;

/// <summary>A stage whose steps write what they read and one word more.</summary>
internal sealed class ToyStage(string name, IReadOnlyList<string> keys, IReadOnlyList<Artifact<ToyText>> reads, ToySettings settings)
    : IStage
{
    private const int Ticks = 20;

    public IReadOnlyList<Artifact<ToyText>> Products { get; } =
        [.. keys.Select(key => new Artifact<ToyText>(key.Length == 0 ? $"{name}.txt" : $"{name}/{key}.txt"))];

    public bool IsIsolated { get; init; }

    public string Name => name;

    public string Summary => $"toy stage that writes '{settings.Text}'";

    public IReadOnlyList<Step> Steps() => [.. keys.Zip(Products, (key, product) => new Step
    {
        Stage = name,
        Key = key,
        Reads = [.. reads.Select(read => new StepInput("text", read))],
        Writes = [product],
        Settings = settings.Used,
        Isolated = IsIsolated,
        Work = run => Work(run, product),
    })];

    private void Work(StepRun run, Artifact<ToyText> product)
    {
        for (int tick = 1; tick <= Ticks; tick++)
        {
            if (settings.Seconds > 0) run.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(settings.Seconds / Ticks));
            run.Cancellation.ThrowIfCancellationRequested();
            run.Progress.Report(new Progress(tick, Ticks, "ticks"));
        }
        if (settings.Fails) throw new StepFailed(new ErrorText($"{name} was told to fail", [("setting", $"{name}.fails")]));
        run.Write(product, new ToyText(string.Join(' ', reads.Select(read => run.Read(read).Line).Append(settings.Text))));
    }
}
