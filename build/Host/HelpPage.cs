using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>
/// What <c>dotnet cake</c> prints without a target: examples, the stages of the campaign, the other targets and the options.
/// </summary>
internal static class HelpPage
{
    private const string Examples = """
        TauPipeline: from raw ROOT tuples of tau candidates to ROC curves. Every stage is a target.

          dotnet cake --target=Evaluate                             the demo campaign, from nothing to plots and report
          dotnet cake --target=Train --config=FILE --set train.epochs=20
          dotnet cake --target=Evaluate --dryrun --explain          what would run, and why
        """;

    /// <returns>The exit code: a campaign that cannot be read is misuse, after all else has been said.</returns>
    public static int Print(Invocation call)
    {
        TextWriter to = call.Terminal.Output;
        to.WriteLine(Examples);
        IReadOnlyList<ComposedStage> stages = Stages(call, out Exception? error);
        if (error is null) Section(to, $"Stages of {Campaigns.NameOf(call.Line)}", stages.Select(stage => (stage.Name, stage.Summary)));
        Section(to, "Other targets", new TargetTable(stages).All.Skip(stages.Count).Select(target => (target.Name, target.Summary)));
        Section(to, "Options", Options.All.Select(option => (option.Usage, option.Summary)));
        to.WriteLine("\nExit codes: 0 done, 1 a step failed, 2 misuse, 3 a defect of the program, 130 interrupted.");
        return error is null ? ExitCode.Done : Failure.Print(error, call.Terminal, asJson: false);
    }

    private static IReadOnlyList<ComposedStage> Stages(Invocation call, out Exception? error)
    {
        error = null;
        try { return call.Campaign.Stages; }
        catch (Exception wrong)
        {
            error = wrong;
            return [];
        }
    }

    private static void Section(TextWriter to, string title, IEnumerable<(string Name, string Summary)> rows)
    {
        List<(string Name, string Summary)> all = [.. rows];
        to.WriteLine($"\n{title}");
        foreach ((string name, string summary) in all) to.WriteLine($"  {name.PadRight(all.Max(row => row.Name.Length))}  {summary}");
    }
}
