using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// Configurations of TauMLTools, any of them or all together: groups of datasets with the command line of ShuffleMergeSpectral, a training
/// YAML with its scaling file, a list of files with their entries.
/// </summary>
internal sealed class TauMlImporter : ICampaignImporter
{
    private static readonly string[] Classes = ["e", "mu", "jet", "tau"];

    /// <inheritdoc/>
    public string Kind => "tau_ml_tools";

    /// <inheritdoc/>
    public string Summary => "TauMLTools: groups of datasets with a ShuffleMergeSpectral command, a training YAML with its scaling file";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => TauMlFiles.Of(source).IsAny;

    /// <inheritdoc/>
    public ImportedCampaign Import(ImportSource source)
    {
        var files = TauMlFiles.Of(source);
        if (!files.IsAny) throw ImportErrors.Nothing(source, Summary);
        if (files.Command is { } alone && files.Groups is null) throw alone.Wrong("cfg", "a file of groups");
        var notes = new ImportNotes();
        var campaign = new CampaignBlock();
        campaign.Add("campaign", source.Campaign).Add("description", "Imported from TauMLTools")
            .Add("seed", files.Command?.Number("seed") ?? 1234567);
        ILookup<string, string> datasetsOf = files.Groups is null
            ? Shuffled(campaign, files.Training!, source)
            : TauMlMixing.Write(campaign, files, source, notes);
        if (files.Groups is not null) files.Training?.Find("Setup")?.Find("input_dir");

        CampaignBlock definitions = campaign.Block("definitions");
        (IReadOnlyList<double> Pt, IReadOnlyList<double> AbsEta)? ofWeights = TauMlTraining.Bins(files.Training, notes);
        (IReadOnlyList<double> pt, IReadOnlyList<double> absEta) =
            TauMlMixing.Bins(files.Command) ?? ofWeights ?? ([20, 30, 40, 60, 100, 200, 1000], [0, 1.2, 2.3]);
        definitions.Block("binning", "In GeV; spectra are thinned and weighed in the same bins.").Add("pt", pt).Add("abs_eta", absEta);
        if (files.Command is not null && ofWeights is not null)
            notes.Add(files.Training!.Need("Setup").At("yaxis"), "yaxis", "weights are worked out in the bins of the command");
        Ingest(campaign, files);
        if (files.Training is null) TauTupleBlocks.Features(definitions.Block("features"));
        else TauMlFeatures.Write(campaign, definitions, files, source, notes);
        TauMlTraining.Write(campaign, files.Training, notes);
        TauMlTraining.Weights(campaign, files.Training);
        TauTupleBlocks.Evaluation(campaign, datasetsOf);
        foreach ((string where, string option) in files.Command?.Left() ?? []) notes.Add(where, option, "has no counterpart here");
        return ImportedCampaign.Of(campaign, source, notes.Of(files.Roots));
    }

    // Files that are mixed already are one dataset, and are taken as they are.
    private static ILookup<string, string> Shuffled(CampaignBlock campaign, ForeignNode training, ImportSource source)
    {
        string folder = training.Need("Setup").Need("input_dir").Text ?? "";
        string files = source.PathFromCampaign($"{folder.TrimEnd('/')}/*.root", out _);
        campaign.Block("datasets").Block("training").Add("use", "both").Add("files", [files]);
        CampaignBlock mixing = campaign.Block("shuffle_merge", "The files are mixed already.").Add("thinning", "none");
        mixing.Block("groups").Block("all").Add("datasets", ["training"]).Add("types", Classes);
        foreach (string one in Classes) mixing.Block("tau_ratio").Add(one, -1);
        return Classes.ToLookup(one => one, _ => "training");
    }

    private static void Ingest(CampaignBlock campaign, TauMlFiles files)
    {
        CampaignBlock ingest = campaign.Block("ingest").Add("layout", "tau_tuple");
        if (files.Training?.Find("Setup")?.Find("DeepTauVSjet_cut")?.Number() is { } cut && cut > -1)
            ingest.Add("selection", FormattableString.Invariant($"tau_byDeepTau2017v2p1VSjetraw > {cut}"));
    }
}
