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
        int[] taus = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 5)],
            jets = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 0)];

        WorkingPointEntry medium = newer.Run.Point("deeptau_2018", "Medium");

        (medium.TruePositiveRate.Passed, medium.TruePositiveRate.Total).ShouldBe(
            (taus.Count(i => NanoAodFile.PassedAgainstJets(i) >= 5), taus.Length));
        (medium.FalsePositiveRate.Passed, medium.FalsePositiveRate.Total).ShouldBe(
            (jets.Count(i => NanoAodFile.PassedAgainstJets(i) >= 5), jets.Length));
    }

    [Fact]
    public void Working_points_that_may_be_bits_or_ordinals_are_told_by_their_values()
    {
        int[] muons = [.. NewerFile.Candidates.Where(i => NanoAodFile.Flavour(i) == 2)];

        WorkingPointEntry loose = newer.Run.Performance.RocWp.Single(point => point.Discriminator == "anti_muon" && point.Name == "Loose");

        loose.TruePositiveRate.Value.ShouldBe(1);
        (loose.FalsePositiveRate.Passed, loose.FalsePositiveRate.Total).ShouldBe(
            (muons.Count(i => NanoAodFile.PassedAgainstMuons(i) >= 1), muons.Length));
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

    [Theory]
    [InlineData("sum(Muon_pt)", "Muon_pt", "Muon", "Tau_pt")]
    [InlineData("Muon_pt > 5", "Muon_pt", "Muon", "Tau_pt")]
    [InlineData("maximum(Jet_mass) / Tau_mass", "Jet_mass", "Jet", "matchedJet_mass")]
    public void An_expression_over_another_table_is_refused_with_its_line_and_what_could_be_meant(
        string expression,
        string branch,
        string table,
        string meant)
    {
        using var folder = new TempFolder();
        new NanoAodFile(1).Write(folder.At("newer.root"));
        string text = File.ReadAllText(Checkout.At("configs", "cms-opendata-nanoaod.yaml"))
            .Replace("../data-manifests", Checkout.At("data-manifests"), StringComparison.Ordinal);
        File.WriteAllText(
            folder.At("nano.yaml"),
            text.Replace("    log_pt: log(tau_pt)\n", $"    log_pt: log(tau_pt)\n    others: {expression}\n", StringComparison.Ordinal));
        int line = text[..text.IndexOf("    log_pt: log", StringComparison.Ordinal)].Count(letter => letter == '\n') + 2;

        using ProgramRun run = ProgramRun.Host([
            $"--config={folder.At("nano.yaml")}",
            "--target=Ingest",
            $"--out={folder.At("out")}",
            $"--input={folder.At("newer.root")}",
        ]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"{folder.At("nano.yaml")}:{line}: columns of candidates are needed here\n");
        run.Error.ShouldContain($"\n  text   {expression}\n  found  branch '{branch}' of tree 'Events', which is float32[] of {table}\n");
        run.Error.Split('\n').Single(fact => fact.StartsWith("  meant  ", StringComparison.Ordinal))[9..].Split(", ").ShouldContain(meant);
        Directory.Exists(folder.At("out", "ingest")).ShouldBeFalse();
    }

    [Fact]
    public void A_feature_of_another_table_is_refused_with_file_tree_and_branch()
    {
        using var folder = new TempFolder();
        new NanoAodFile(1).Write(folder.At("newer.root"));

        using var run = new NanoAodRun(
            new TempFolder(),
            $"--input={folder.At("newer.root")}",
            "--set=+definitions.features.Muon_pt={scaling: no_scaling}");

        run.Program.ExitCode.ShouldBe(1);
        run.Program.Error.ShouldContain(
            $"branch 'Muon_pt' of tree 'Events' has another type\n  step    Ingest/nanoaod/newer.root\n  file    {folder.At("newer.root")}\n  needed  a column of candidates\n  found   float32[] of Muon\n"
        );
    }
}
