using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The same campaign on another NanoAOD file, given by <c>--input</c>, whose branches are others.</summary>
public sealed class NanoAodInputTests(NanoAodInputTests.NewerFile newer) : IClassFixture<NanoAodInputTests.NewerFile>
{
    /// <summary>The run that these tests share.</summary>
    public sealed class NewerFile : IDisposable
    {
        private const int Events = 300;

        private readonly TempFolder _raw = new();

        /// <summary>Writes the file and runs the campaign on it.</summary>
        public NewerFile()
        {
            new NanoAodFile(Events).Write(_raw.At("newer.root"));
            Run = new NanoAodRun(new TempFolder(), $"--input={_raw.At("newer.root")}");
        }

        internal static IEnumerable<int> Candidates => Enumerable.Range(0, new NanoAodFile(Events).Candidates);

        internal NanoAodRun Run { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            Run.Dispose();
            _raw.Dispose();
        }
    }

    [Fact]
    public void Without_links_to_gen_jets_every_unmatched_candidate_is_a_jet()
    {
        newer.Run.Program.ExitCode.ShouldBe(0, newer.Run.Program.Error);

        int[] types = newer.Run.Column<int>("ingest", "tau_type");

        types.ShouldBe(NewerFile.Candidates.Select(i => NanoAodFile.Flavour(i) switch { 0 => 3, 1 or 3 => 0, 2 or 4 => 1, _ => 2 }));
    }

    [Fact]
    public void Ordinals_count_the_working_points_that_a_candidate_passes()
    {
        int[] taus = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 5)], jets = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 0)];

        WorkingPointEntry medium = newer.Run.Point("deeptau_2018", "Medium");

        (medium.TruePositiveRate.Passed, medium.TruePositiveRate.Total).ShouldBe((taus.Count(i => NanoAodFile.PassedAgainstJets(i) >= 5), taus.Length));
        (medium.FalsePositiveRate.Passed, medium.FalsePositiveRate.Total).ShouldBe((jets.Count(i => NanoAodFile.PassedAgainstJets(i) >= 5), jets.Length));
    }

    [Fact]
    public void Working_points_that_may_be_bits_or_ordinals_are_told_by_their_values()
    {
        int[] muons = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 2)];

        WorkingPointEntry loose = newer.Run.Performance.RocWp.Single(point => point.Discriminator == "anti_muon" && point.Name == "Loose");

        loose.TruePositiveRate.Value.ShouldBe(1);
        (loose.FalsePositiveRate.Passed, loose.FalsePositiveRate.Total).ShouldBe((muons.Count(i => NanoAodFile.PassedAgainstMuons(i) >= 1), muons.Length));
    }

    [Fact]
    public void What_this_file_lacks_is_reported()
    {
        newer.Run.Performance.Notes.ShouldContain("Combined isolation: the files lack its scores against jet");
        foreach (string missing in new[] { "Tau_rawIso", "log_neutral_iso", "fixedGridRhoFastjetAll", "matchedJet_muEF" })
            newer.Run.Report.ShouldContain($"<td>{missing}</td>");
    }

    [Fact]
    public void A_file_without_what_makes_a_candidate_is_refused_with_its_branches()
    {
        using var folder = new TempFolder();
        NanoAodFile.WriteWithoutCandidates(folder.At("empty.root"));

        using var run = new NanoAodRun(new TempFolder(), $"--input={folder.At("empty.root")}");

        run.Program.ExitCode.ShouldBe(1);
        run.Program.Error.ShouldContain("tree 'Events' lacks");
        run.Program.Error.ShouldContain("Tau_pt");
    }
}
