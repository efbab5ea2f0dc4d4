using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>train:</c>.</summary>
public sealed record TrainSettings(
    INetworkSettings Network,
    ClassScheme Classes,
    TrainingPlan Plan,
    SettingsUsed Used)
{
    private static readonly string[] Networks = ["flat", "deeptau", "deep_sets", "set_transformer"];

    /// <summary>The least memory of a training, in bytes.</summary>
    public const long LeastMemory = 64 << 20;

    /// <summary>Memory of the training in bytes; never fingerprinted.</summary>
    public long Memory { get; init; }

    /// <summary>Threads that make inputs of rows, ahead of the training; never fingerprinted. 0 for the training's own.</summary>
    public int LoaderThreads { get; init; } = 2;

    /// <summary>What the network learns beside the class.</summary>
    public IReadOnlyList<HeadSettings> Heads { get; init; } = [];

    /// <summary>Its name in a sweep; empty for the only one.</summary>
    public string Point { get; init; } = "";

    /// <summary>The trainings of a sweep, each in place of this one; none without a sweep.</summary>
    public IReadOnlyList<TrainSettings> Points { get; init; } = [];

    /// <summary>What the training begins with; random weights if <see langword="null"/>.</summary>
    public StartSettings? Start { get; init; }

    /// <summary>After how many epochs one is kept as a product, besides the last one; 0 keeps none.</summary>
    public int Checkpoints { get; init; }

    /// <summary>Most time between two checkpoints in scratch; never fingerprinted.</summary>
    public TimeSpan BetweenCheckpoints { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows that are shuffled together, anew every epoch.</summary>
    public int ShuffleRows { get; init; } = 65_536;

    /// <summary>Whether classes are dealt out at random: a check that the chain finds nothing where there is nothing to find.</summary>
    public bool ShuffleLabels { get; init; }

    /// <summary>Whether an epoch is kept as a product, if the training gets there.</summary>
    public bool Keeps(int epoch) => epoch == Plan.Epochs || (epoch > 0 && epoch < Plan.Epochs && epoch % Checkpoints == 0);

    /// <summary>The network on these inputs.</summary>
    public NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs)
    {
        NetworkShape shape = Network.ShapeFor(inputs, Classes.Trained.Count);
        return Heads.Count == 0 ? shape : shape with { Heads = [.. Heads.Select(head => head.Head)] };
    }

    /// <summary>Reads the block.</summary>
    public static TrainSettings Read(ConfigBlock block, ClassSettings classes)
    {
        (INetworkSettings network, SettingsUsed ofNetwork) = NetworkOf(block);
        (LossPlan loss, SettingsUsed ofLoss) = LossSettings.Read(block.Block("loss"), classes);
        IReadOnlyList<HeadSettings> heads = HeadSettings.ReadAll(block);
        (AdaptationPlan? adaptation, SettingsUsed ofAdaptation) = AdaptationSettings.Read(block.Block("adaptation"));
        ConfigBlock schedule = block.Block("schedule");
        var plan = new TrainingPlan
        {
            Adaptation = adaptation,
            Loss = loss,
            Heads = [.. heads.Select(head => head.Loss)],
            Rate = RateSettings.Read(schedule),
            Momentum = block.Number("momentum", 0, "", 0, 0.9999),
            Nesterov = block.Flag("nesterov"),
            MomentumDecay = block.Number("momentum_decay", 4e-3, "", 0, 1),
            Epsilon = block.Number("epsilon", 1e-8, "", 1e-16, 1),
            MostGradient = block.Number("max_gradient", 0, "", 0),
            Average = block.Number("average", 0, "", 0, 0.999999),
            Epochs = (int)block.Whole("epochs", 10, 1, 100_000),
            BatchSize = (int)block.Whole("batch_size", 500, 1, 1_000_000),
            LastBatch = block.Choice("last_batch", ["even", "keep", "drop"], "even") switch
            {
                "even" => LastBatch.Even,
                "keep" => LastBatch.Keep,
                _ => LastBatch.Drop,
            },
            LearningRate = block.Number("learning_rate", 1e-3, "", 1e-12, 10),
            Optimiser = block.Choice("optimiser", TrainingPlan.Optimisers, "adam"),
            Patience = (int)block.Whole("patience", 5, 1, 100_000),
            Threads = (int)block.Whole("threads", 2, 1, 256),
            WeightDecay = block.Number("weight_decay", 0, "", 0, 1),
            MinDelta = block.Number("min_delta", 0, "", 0),
            Numeric = block.Choice("numeric", ["portable", "fastest"], "portable") == "portable" ? Numeric.Portable : Numeric.Fastest,
            Device = block.Choice("device", ["cpu", "cuda"], "cpu") == "cpu" ? TrainingDevice.Cpu : TrainingDevice.Cuda,
        };
        if (plan is { Nesterov: true, Momentum: 0 }) block.Wrong("momentum", "above 0 with nesterov", "0");
        if (plan is { Device: TrainingDevice.Cuda, Numeric: Numeric.Portable })
            block.Wrong("device", "cpu with numeric: portable (a graphics processor has bits of its own)", "cuda");
        if (plan.Device == TrainingDevice.Cuda && block.Choice("network", Networks, "flat") == "set_transformer")
            block.Wrong("device", "cpu with network: set_transformer (its attention is our own)", "cuda");
        bool shuffled = block.Choice("labels", ["truth", "shuffled"], "truth") == "shuffled";
        if (shuffled && heads.Count > 0) block.Wrong("labels", "truth, with heads (their truth is not dealt out)", "shuffled");
        int shuffleRows = (int)block.Whole("shuffle_rows", 65_536, 1, 100_000_000);
        int checkpoints = (int)block.Whole("checkpoints", 0, 0, 100_000);
        StartSettings? start = StartSettings.Read(block);
        SettingsUsed used = block.Used().And(classes.Used).And(ofLoss).And(schedule.Used()).And(ofNetwork).And(ofAdaptation);
        used = heads.Aggregate(used, (sum, head) => sum.And(head.Used));
        return new TrainSettings(network, classes.Scheme, plan, used)
        {
            Heads = heads,
            ShuffleRows = shuffleRows,
            Checkpoints = checkpoints,
            Start = start,
            ShuffleLabels = shuffled,
            Memory = block.Whole("memory", 1L << 30, LeastMemory, long.MaxValue, "B"),
            LoaderThreads = (int)block.Whole("loader_threads", 2, 0, 256),
            BetweenCheckpoints = TimeSpan.FromSeconds(block.Number("between_checkpoints", 60, "s", 0.001, 1e6)),
        };
    }

    private static (INetworkSettings Network, SettingsUsed Used) NetworkOf(ConfigBlock block) =>
        block.Choice("network", Networks, "flat") switch
        {
            "flat" => (FlatSettings.Read(block), SettingsUsed.None),
            "deeptau" => DeepTauSettings.Read(block.Block("deeptau")),
            "deep_sets" => SetSettings.DeepSets(block.Block("deep_sets")),
            _ => SetSettings.SetTransformer(block.Block("set_transformer")),
        };
}
