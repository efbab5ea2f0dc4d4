using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// A key that is read after the settings were taken for the fingerprint would change results unseen: no block has one but memory and the
/// threads that read.
/// </summary>
public sealed class SettingsUsedTests
{
    // Block -> who reads it.
    private static readonly Dictionary<string, Func<ConfigBlock, CampaignFile, SettingsUsed>> Readers = new()
    {
        ["split"] = (block, _) => SplitSettings.Read(block).Used,
        ["generate"] = (block, _) => GenerateSettings.Read(block).Used,
        ["ingest"] = (block, _) => IngestSettings.Read(block, ClassSettings.Standard, [], null).Used,
        ["shuffle_merge"] = (block, campaign) =>
            ShuffleMergeSettings.Read(block, Dataset.ReadAll(campaign.Root), ClassSettings.Standard).Used,
        ["validate"] = (block, _) => ValidateSettings.Read(block, ClassSettings.Standard).Used,
        ["weights"] = (block, _) => WeightsSettings.Read(block).Used,
        ["scale"] = (block, _) => ScaleSettings.Read(block).Used,
        ["train"] = (block, _) => TrainSettings.Read(block, ClassSettings.Standard).Used,
        ["export"] = (block, _) => ExportSettings.Read(block, ConstituentForm.None).Used,
        ["working_points"] = (block, campaign) =>
            WorkingPointsSettings.Read(block, campaign.Root.Block("definitions"), ClassSettings.Standard).Used,
        ["metrics"] = (block, campaign) =>
            MetricsSettings.Read(
                    block,
                    "smoke",
                    DiscriminatorSettings.Read(campaign.Root, ClassSettings.Standard),
                    EvaluationSettings.Read(
                        campaign.Root,
                        campaign.Root.Block("definitions"),
                        Dataset.ReadAll(campaign.Root),
                        ClassSettings.Standard))
                .Used,
        ["plot"] = (block, _) => PlotSettings.Read(block).Used,
    };

    public static TheoryData<string> Blocks => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_key_read_from_a_block_counts(string name)
    {
        CampaignFile campaign = CampaignFile.Load(Checkout.At("configs", "smoke.yaml"), [], []);
        ConfigBlock block = campaign.Root.Block(name);

        SettingsUsed used = Readers[name](block, campaign);

        block.Used().Paths.Count.ShouldBeGreaterThan(0);
        block.Used().Paths.Except(used.Paths).Except([$"{name}.memory", "ingest.threads", "train.loader_threads", "train.between_checkpoints"]).ShouldBeEmpty();
    }
}
