namespace TauPipeline.Host;

/// <summary>Every option there is: the parser, the help and the tests read this one table.</summary>
internal static class Options
{
    public static readonly Option Target = new("target", "NAME", "bring this stage and all it needs up to date, or run this tool")
    {
        Repeats = true,
        Aliases = ["t"],
        IsCakes = true,
    };
    public static readonly Option Config = new("config", "FILE", "the campaign (default configs/demo.yaml)") { Place = PlaceUse.Read };
    public static readonly Option Set = new("set", "a.b=VALUE", "override one setting; +a.b=VALUE adds an entry, ~a.b removes one")
    {
        Repeats = true,
    };
    public static readonly Option Input = new("input", "[DATASET=]FILE", "these files instead of the manifests") { Repeats = true };
    public static readonly Option Out = new("out", "DIR", "where products go (default out/<campaign>); for Import the campaign to write") { Place = PlaceUse.Written };
    public static readonly Option Jobs = new("jobs", "N", "processors to use (default: all)");
    public static readonly Option Executor = new("executor", "NAME", "where steps run: local, slurm, htcondor");

    /// <summary>The executor that is this machine.</summary>
    public const string Local = "local";

    /// <summary>The executor that is Slurm.</summary>
    public const string Slurm = "slurm";

    /// <summary>What <see cref="Executor"/> may be, the default first.</summary>
    public static IReadOnlyList<string> Executors { get; } = [Local, Slurm, "htcondor"];

    public static readonly Option KeepGoing = new("keep-going", null, "after a failure go on with what does not depend on it");
    public static readonly Option Explain = new("explain", null, "say why each step runs, and why the others do not");
    public static readonly Option NoWait = new("no-wait", null, "fail at once if another run uses the same output folder");
    public static readonly Option Json = new("json", null, "JSON lines on standard output and nothing else there");
    public static readonly Option DryRun = new("dryrun", null, "name what would run; writes nothing")
    {
        Aliases = ["noop", "whatif"],
        IsCakes = true,
    };
    public static readonly Option Tree = new("tree", null, "print the targets as a tree") { Aliases = ["showtree"], IsCakes = true };
    public static readonly Option Description = new("description", null, "print what each target does")
    {
        Aliases = ["descriptions", "showdescription", "showdescriptions"],
        IsCakes = true,
    };
    public static readonly Option Exclusive = new("exclusive", null, "only the targets themselves, not what they need")
    {
        Aliases = ["e"],
        IsCakes = true,
    };
    public static readonly Option Verbosity = new("verbosity", "LEVEL", "quiet, minimal, normal, verbose or diagnostic")
    {
        Aliases = ["v"],
        IsCakes = true,
    };
    public static readonly Option Report = new("report", null, "write the report of the run also when nothing had to be done");
    public static readonly Option Step = new(
        "step",
        "STEP",
        "a step, by its name or one of its products: explain its state, or show what it printed")
    {
        Tools = ["Status", "Log"],
    };
    public static readonly Option Format = new("format", "FORMAT", "text (default), mermaid, dot or svg") { Tools = ["Graph"] };
    public static readonly Option Steps = new("steps", null, "draw the steps instead of the stages") { Tools = ["Graph"] };
    public static readonly Option Orphans = new("orphans", null, "only products that no step makes any more") { Tools = ["Clean"] };
    public static readonly Option Everything = new("all", null, "the whole output folder, with journals and whatever else is in it")
    {
        Tools = ["Clean"],
    };
    public static readonly Option Keep = new("keep", "TARGET", "only products on the way to this target; it stays up to date without them")
    {
        Repeats = true,
        Tools = ["Clean"],
    };
    public static readonly Option Cache = new("cache", null, "the run cache, of all campaigns and checkouts") { Tools = ["Clean"] };
    public static readonly Option Force = new("force", null, "also what was edited since a step made it") { Tools = ["Clean"] };
    public static readonly Option File = new("file", "FILE", "the ROOT or HDF5 file to look into, or the configuration to import")
    {
        Repeats = true,
        Place = PlaceUse.Read,
        Tools = ["Inspect", "Import"],
    };
    public static readonly Option Kind = new("kind", "KIND", "what the file to import is, if that is not seen from its content")
    {
        Tools = ["Import"],
    };
    public static readonly Option Object = new("object", "PATH", "one tree, group or data set of it") { Tools = ["Inspect"] };
    public static readonly Option Branch = new("branch", "REGEX", "only branches or columns whose name matches") { Tools = ["Inspect"] };
    public static readonly Option Values = new(
        "values",
        null,
        "print the first values too; with --json all values in short: sums, ends, hashes")
    {
        Tools = ["Inspect"],
    };
    public static readonly Option AsRoot = new("as-root", "OUT.root", "write the tuple shard of --file as a ROOT file")
    {
        Place = PlaceUse.Written,
        Tools = ["Inspect"],
    };
    public static readonly Option AsParquet = new("as-parquet", "OUT.parquet", "write the tuple shard of --file as a Parquet file")
    {
        Place = PlaceUse.Written,
        Tools = ["Inspect"],
    };
    public static readonly Option Old = new("old", "PATH", "a product, or a folder of products")
    {
        Place = PlaceUse.Read,
        Tools = ["Compare"],
    };
    public static readonly Option New = new("new", "PATH", "what it is compared with") { Place = PlaceUse.Read, Tools = ["Compare"] };
    public static readonly Option Margin = new(
        "margin",
        "PART",
        "of performance files: fail only if a number got significantly worse by more than this part of it, or is gone (0.05)")
    {
        Tools = ["Compare"],
    };
    public static readonly Option Merge = new("merge", "DIR", "another run store, or a folder that one is in, whose runs to take in")
    {
        Repeats = true,
        Place = PlaceUse.Read,
        Tools = ["Runs"],
    };
    public static readonly Option Cpu = new(
        "cpu",
        "NAME",
        "verify Train and Apply on an emulated processor: Haswell, EPYC or Skylake-Client")
    {
        Tools = ["Verify"],
    };
    public static readonly Option Filter = new(
        "filter",
        "EXPRESSION",
        "only the tests that match, as for dotnet test, or the benchmarks of that name")
    {
        Tools = ["Test", "Check", "Bench"],
    };
    public static readonly Option Long = new("long", null, "with the tests that take longer than a quarter of an hour")
    {
        Tools = ["Test", "Check"],
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Target, Config, Set, Input, Out, Jobs, Executor, KeepGoing, Explain, NoWait, Json,
        DryRun,
        Tree,
        Description,
        Exclusive,
        Verbosity,
        Report,
        Step,
        Format,
        Steps,
        Orphans,
        Keep,
        Cache,
        Everything,
        Force,
        File,
        Kind,
        Object,
        Branch,
        Values,
        AsRoot,
        AsParquet,
        Old,
        New,
        Margin,
        Merge,
        Cpu,
        Filter,
        Long,
    ];

    /// <summary>The option typed as <paramref name="name"/>, under any of its spellings; names do not care for case, as in Cake.</summary>
    public static Option? Find(string name) => All.FirstOrDefault(option =>
        option.Aliases.Prepend(option.Name).Contains(name, StringComparer.OrdinalIgnoreCase));
}
