using Shouldly;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Damaged files are refused with the room's own error, or read; never do they crash, hang or take much memory.</summary>
public sealed class FuzzingTests(ITestOutputHelper output)
{
    private const int MostSampleBytes = 26_000, MostLongSampleBytes = 100_000, Cases = 20_000, LongCases = 240_000;

    /// <summary>Damage that once was not refused as it must be; what it did stands beside it.</summary>
    private static readonly Mutation[] Corpus =
    [
        new("+x-flat-tree.root", 19), // entry size of the smallest int: its absolute value overflowed
        new("+uproot-issue31.root", 55), // a negative number of cluster ranges was converted with an overflow check
    ];

    [SharedRootFilesFact]
    public void Damage_of_the_corpus_is_refused_or_read_as_it_must_be() => Run(Corpus);

    [SharedRootFilesFact]
    public void Twenty_thousand_damaged_files_are_refused_or_read() => Run(Mutations(Samples(MostSampleBytes), Cases));

    // Old versions, objects with and without a head, stale lengths, files that are recovered.
    [SharedRootFilesFact]
    public void Damaged_files_of_reports_are_refused_or_read() => Run(Mutations(
        [
            "g4-like.root",
            "+TLorentzVector.root",
            "+tlv-split01.root",
            "+tdatime.root",
            "u3_one_tree.root",
            "mcPileupUL2016.root",
            "notclosed.root",
            "trunc_half.root",
        ],
        3000));

    [LongRootFilesFact]
    public void Many_more_damaged_files_are_refused_or_read() => Run(Mutations(Samples(MostLongSampleBytes), LongCases));

    private void Run(Mutation[] mutations)
    {
        var run = new FuzzRun();

        foreach (Mutation mutation in mutations) run.Try(mutation);

        output.WriteLine(
            $"{mutations.Length} damaged files: {run.Refused} refused, {run.Read} read; at most {run.LargestAllocation >> 10} KiB and {run.LongestTime.TotalMilliseconds:F0} ms"
        );
        run.Faults.ShouldBeEmpty(string.Join("\n", run.Faults.Take(20)));
        run.Refused.ShouldBeGreaterThan(mutations.Length / 10);
    }

    private static Mutation[] Mutations(string[] samples, int cases) =>
        [.. Enumerable.Range(0, cases).Select(i => new Mutation(samples[i % samples.Length], i / samples.Length))];

    // Each file as it is, and with its records unpacked.
    private static string[] Samples(long mostBytes) =>
        [
            .. ((string[])["generated", "go-hep", "scikit-hep-testdata"])
                .SelectMany(folder => new DirectoryInfo(System.IO.Path.Combine(SharedRootFiles.Folder, folder)).GetFiles("*.root"))
            .Where(file => file.Length <= mostBytes)
            .Select(file => file.Name)
            .Order(StringComparer.Ordinal)
            .SelectMany(name => (string[])[name, "+" + name]),
    ];
}
