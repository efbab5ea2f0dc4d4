using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SplitSettingsTests
{
    [Fact]
    public void A_dataset_for_one_use_shares_its_events_over_the_parts_of_that_use()
    {
        SplitSettings split = Read("split: { fractions: { train: 0.6, validation: 0.2, calibration: 0.05, test: 0.15 } }");
        var counts = new Dictionary<DatasetUse, int[]>();

        foreach (DatasetUse use in Enum.GetValues<DatasetUse>())
        {
            var rule = split.RuleFor([use], seed: 1);
            counts[use] = new int[rule.Names.Count];
            for (uint evt = 0; evt < 20_000; evt++) counts[use][rule.Of(1, 1, evt)]++;
        }

        // 5 sigma of a binomial of 20000 is at most 354.
        Near(counts[DatasetUse.Both], [12_000, 4_000, 1_000, 3_000]);
        Near(counts[DatasetUse.Train], [15_000, 5_000]);
        Near(counts[DatasetUse.Evaluate], [5_000, 15_000]);
        split.PartsOf(DatasetUse.Evaluate).ShouldBe(["calibration", "test"]);

        static void Near(int[] found, int[] expected) => found.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 354);
    }

    [Fact]
    public void Folds_go_over_a_campaign_that_splits_by_fractions_and_what_they_exclude_is_dropped_with_a_note()
    {
        IReadOnlyList<IStage> stages = Campaigns.Smoke("split.folds=3", "split.fractions.train=0.5");

        stages.ShouldNotContain(stage => stage.Name == "WorkingPoints");
        string settings = string.Join('\n', stages.Single(stage => stage.Name == "Report").Steps().Single().Settings.Values);
        settings.ShouldContain("split.fractions does not apply");
        settings.ShouldContain("working_points does not apply");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_fold_has_one_role_in_each_training_and_is_applied_to_once(int folds)
    {
        SplitSettings split = Read($"split: {{ folds: {folds} }}");

        split.Trainings.Count.ShouldBe(folds);
        foreach (Training training in split.Trainings)
            training.Train.Concat(training.Validation)
                .Concat(training.Apply)
                .Order(StringComparer.Ordinal)
                .ShouldBe(split.Parts.Order(StringComparer.Ordinal));
        split.Trainings.SelectMany(training => training.Apply).ShouldBe(split.Parts, ignoreOrder: true);
        split.IsFolded.ShouldBeTrue();
    }

    [Fact]
    public void A_group_of_datasets_that_hold_the_same_events_is_no_group_of_one()
    {
        var root = Campaigns.Root(
            "datasets: { a: { same_events: Zs, inputs: [{ entry: a, location: /a }] }, b: { same_events: Z, inputs: [{ entry: b, location: /b }] }, c: { same_events: Z, inputs: [{ entry: c, location: /c }] } }"
        );

        IReadOnlyList<Dataset> datasets = Dataset.ReadAll(root);

        Campaigns.MistakesOf(root).ShouldHaveSingleItem().ShouldContain("a group that another dataset names too");
        datasets.Select(dataset => dataset.Numbering).ShouldBe(["group Zs", "group Z", "group Z"]);
    }

    [Theory]
    [InlineData("split: { fractions: { train: 0.6, validation: 0.2, calibration: 0.1, test: 0.2 } }", "sum 1")]
    [InlineData("split: { fractions: { train: 0.6, validation: 0.4 } }", "four fractions above 0")]
    [InlineData("split: { fractions: { training: 1 } }", "train, validation, calibration and test")]
    [InlineData("split: { folds: 2 }", "at least 3")]
    public void Impossible_splits_are_mistakes(string yaml, string expected)
    {
        var root = Campaigns.Root(yaml);

        SplitSettings.Read(root.Block("split"));

        Campaigns.MistakesOf(root).ShouldContain(title => title.Contains(expected, StringComparison.Ordinal));
    }

    private static SplitSettings Read(string yaml)
    {
        var root = Campaigns.Root(yaml);
        SplitSettings settings = SplitSettings.Read(root.Block("split"));
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return settings;
    }
}
