using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The places of one output folder: products in it, everything else of ours below <c>.tau</c>.</summary>
internal sealed class BuildFolder(string root)
{
    /// <summary>The folder of our own things, reserved: no product may stand in it.</summary>
    public const string OwnName = ".tau";

    /// <summary>The folder of journals (reports of runs, training records), reserved too: what carries clocks is no product.</summary>
    public const string Journals = "runs";

    private readonly string _below = Path.GetFullPath(root) + "/";

    public string Root { get; } = Path.GetFullPath(root);
    public string Own => Path.Combine(Root, OwnName);
    public string Log => Path.Combine(Own, "log");
    public string Reserve => Path.Combine(Own, "reserve");
    public string Lock => Path.Combine(Own, "lock");
    public string Attempts => Path.Combine(Own, "attempts");
    public string Plans => Path.Combine(Own, "plans");

    /// <summary>Where a product stands.</summary>
    public string Product(string logical) => Path.Combine(Root, logical);

    /// <summary>The folder of one attempt at a step.</summary>
    public string Attempt(string id) => Path.Combine(Attempts, id);

    /// <summary>What a child of that step prints.</summary>
    public string LogOf(Step step) => Path.Combine(Own, "logs", step.Stage, (step.Key.Length == 0 ? step.Stage : step.Key) + ".log");

    /// <summary>The journal of that step with that fingerprint: another training writes another file.</summary>
    public string JournalOf(Step step, ContentHash fingerprint) => Path.Combine(
        Root, Journals, "steps", step.Stage, $"{(step.Key.Length == 0 ? step.Stage : step.Key)}-{fingerprint.Short}.jsonl");

    /// <summary>
    /// The folder for checkpoints of that step; those made with another fingerprint are removed. It is made by who asks for it.
    /// </summary>
    public string Scratch(Step step, ContentHash fingerprint)
    {
        string all = Path.Combine(Own, "scratch"), prefix = ContentHash.Of(step.Id).Short + "-";
        string mine = Path.Combine(all, prefix + fingerprint);
        if (!Directory.Exists(all)) return mine;
        foreach (string other in Directory.GetDirectories(all, prefix + "*"))
            if (other != mine) Directory.Delete(other, recursive: true);
        return mine;
    }

    /// <summary>How the stat cache names a file: below the output folder where it is, so that a moved folder keeps its cache.</summary>
    public string CacheKey(string path) => path.StartsWith(_below, StringComparison.Ordinal) ? path[_below.Length..] : path;
}
