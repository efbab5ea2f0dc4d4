using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Reads damaged files to the end, and says what a reader must never do.</summary>
internal sealed class FuzzRun
{
    // A batch that ends with the damaged entry, for each fourth file; all entries one by one would take long.
    private const int EntriesOneByOne = 200, OneByOneEach = 4;
    private static readonly RootReadOptions Options = new() { BatchEntries = 4096 };
    private readonly Dictionary<string, (byte[] Whole, byte[] Buffer)> _samples = new(StringComparer.Ordinal);

    /// <summary>Files that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Files that were read, the damage being where no value depends on it.</summary>
    public int Read { get; private set; }

    public List<string> Faults { get; } = [];

    public long LargestAllocation { get; private set; }

    public TimeSpan LongestTime { get; private set; }

    public void Try(Mutation mutation)
    {
        ReadOnlyMemory<byte> damaged = Damaged(mutation);
        bool oneByOne = mutation.Number / OneByOneEach % OneByOneEach == 0; // its rest decides the kind of damage
        var trial = Trial.Of(mutation.Sample, () =>
        {
            using RootFile file = RootFile.Open(mutation.Sample, damaged);
            return ReadEach(file, oneByOne);
        });
        if (trial.Refusal is null) Read++;
        else Refused++;
        if (trial.Time > LongestTime) LongestTime = trial.Time;
        LargestAllocation = Math.Max(LargestAllocation, trial.Allocated);
        if (trial.Fault is not null) Faults.Add($"{mutation}: {trial.Fault}");
    }

    /// <summary>Reads every entry of every branch that is read.</summary>
    public static void ReadAll(RootFile file)
    {
        foreach (RootKey key in file.Trees)
        {
            RootTree tree = file.Tree(key.Path);
            foreach (RootBranch branch in tree.Branches)
                if (branch.WhyNotRead is null)
                    foreach (RootBatch batch in tree.ReadColumns([branch], Options)) _ = batch.Columns[0].ValueCount;
        }
    }

    // Each tree and each branch fails on its own, so that one damaged place does not hide the rest.
    private static StepFailed? ReadEach(RootFile file, bool oneByOne)
    {
        StepFailed? failed = null;
        foreach (RootKey key in file.Trees)
        {
            try
            {
                RootTree tree = file.Tree(key.Path);
                foreach (RootBranch branch in tree.Branches.Where(branch => branch.WhyNotRead is null))
                {
                    try
                    {
                        RootReadOptions options = oneByOne
                            ? Options with
                            {
                                BatchEntries = 1,
                                LastEntry = Math.Min(branch.Entries, EntriesOneByOne),
                            }
                            : Options;
                        foreach (RootBatch batch in tree.ReadColumns([branch], options)) _ = batch.Columns[0].ValueCount;
                    }
                    catch (StepFailed caught) { failed = caught; }
                }
            }
            catch (StepFailed caught) { failed = caught; }
        }
        return failed;
    }

    private ReadOnlyMemory<byte> Damaged(Mutation mutation)
    {
        if (!_samples.TryGetValue(mutation.Sample, out (byte[] Whole, byte[] Buffer) sample))
        {
            string path = SharedRootFiles.Path(mutation.Sample.TrimStart('+'));
            byte[] whole = mutation.Sample.StartsWith('+') ? UnpackedFile.Of(path) : File.ReadAllBytes(path);
            using RootFile undamaged = RootFile.Open(mutation.Sample, whole);
            ReadAll(undamaged);
            _samples[mutation.Sample] = sample = (whole, new byte[whole.Length]);
        }
        return mutation.Apply(sample.Whole, sample.Buffer);
    }
}
