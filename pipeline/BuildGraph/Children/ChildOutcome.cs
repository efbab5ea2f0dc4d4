using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Carries what a child did, or what went wrong in it, through <c>result.json</c>.</summary>
internal static class ChildOutcome
{
    private const string Stack = "stack";

    /// <summary>Writes the result of work that succeeded.</summary>
    public static void WriteDone(string path, WorkDone work) => Write(path, new ChildResult(
        work.Columns.ToDictionary(
            product => product.Key,
            IReadOnlyDictionary<string, string> (product) =>
                product.Value.ToDictionary(column => column.Key, column => column.Value.ToString())),
        work.UsedSeed,
        null));

    /// <summary>Writes what went wrong.</summary>
    public static void WriteFailed(string path, PipelineException failure)
    {
        List<ChildFact> facts = [.. failure.Text.Facts.Select(fact => new ChildFact(fact.Label, fact.Value))];
        if (failure is Defect) facts.Add(new ChildFact(Stack, (failure.InnerException ?? failure).ToString()));
        Write(
            path,
            new ChildResult(
                new Dictionary<string, IReadOnlyDictionary<string, string>>(),
                false,
                new ChildError(
                    failure.GetType().Name,
                    failure.Text.Title,
                    facts,
                    failure.Text.Advice,
                    failure is StepFailed { WasKilled: true })));
    }

    /// <summary>What a child says of its work, or <see langword="null"/> if it left no result.</summary>
    /// <exception cref="PipelineException">What went wrong in the child.</exception>
    public static WorkDone? Read(string path)
    {
        if (!File.Exists(path)) return null;
        using FileStream file = File.OpenRead(path);
        ChildResult result = JsonSerializer.Deserialize(file, EngineJson.Default.ChildResult)
            ?? throw new Defect($"{path} is no result of a child");
        if (result.Error is { } error) throw Revive(error);
        return new WorkDone(result.Columns.ToDictionary(product => product.Key,
            IReadOnlyDictionary<string, ContentHash> (product) =>
                product.Value.ToDictionary(column => column.Key, column => Parse(column.Value))),
        result.UsedSeed);
    }

    private static PipelineException Revive(ChildError error)
    {
        var text = new ErrorText(error.Title, [.. error.Facts.Select(fact => (fact.Label, fact.Value))], error.Advice);
        return error.Kind switch
        {
            nameof(Misuse) => new Misuse(text),
            nameof(StepFailed) => new StepFailed(text) { WasKilled = error.WasKilled },
            _ => new Defect(text),
        };
    }

    private static ContentHash Parse(string text) =>
        ContentHash.TryParse(text, out ContentHash hash) ? hash : throw new Defect($"a child gave '{text}' as a hash");

    private static void Write(string path, ChildResult result) =>
        WholeFile.WriteStream(path, file => JsonSerializer.Serialize(file, result, EngineJson.Default.ChildResult));
}
