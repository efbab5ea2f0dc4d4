using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>The blocks <c>Setup</c> and <c>SetupNN</c> of a training YAML.</summary>
internal static class TauMlTraining
{
    // Rows that are neither trained on nor stop a training: there other files, here a part of the split.
    private const double Calibration = 0.1, Test = 0.2;
    private const string NotHere = "the network is a flat one, trained with cross-entropy";

    private static readonly string[] Optimisers = ["adam", "adamw", "nadam"], Activations = ["relu", "prelu"];

    /// <summary>Writes how batches, epochs and the network are, and the split.</summary>
    public static void Write(CampaignBlock campaign, ForeignNode? training, ImportNotes notes)
    {
        ForeignNode? setup = training?.Find("Setup"), network = training?.Find("SetupNN");
        double validation = Math.Round((1 - Calibration - Test) * (network?.Find("validation_split")?.Number() ?? 0.15), 6);
        campaign.Block("split").Block("fractions", "Test and calibration rows come from other files there.")
            .Add("train", Math.Round(1 - Calibration - Test - validation, 6)).Add("validation", validation)
            .Add("calibration", Calibration).Add("test", Test);

        CampaignBlock train = campaign.Block("train");
        if (network?.Find("n_epochs")?.Whole() is { } epochs) train.Add("epochs", Math.Max(1, epochs));
        if (setup?.Find("n_tau")?.Whole() is { } batch) train.Add("batch_size", batch);
        if (network?.Find("learning_rate")?.Number() is { } rate) train.Add("learning_rate", rate);
        if (network?.Find("optimizer_name") is { Text: { } name } optimiser)
            if (Optimisers.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
                train.Add("optimiser", known);
            else notes.Add(network, "optimizer_name", $"'{optimiser.Text}' is not known here: adam");
        if (network?.Find("dense_net") is { } dense) Hidden(train, dense);

        notes.AddIfThere(network, NotHere, "model_name", "input_grids", "tau_net", "comp_net", "comp_merge_net", "conv_2d_net", "loss",
            "using_new_loss", "TauLossesSFs", "first_layer_reg", "cell_locations", "active_features", "metrics",
            "schedule_decay", "step_decay");
        notes.AddIfThere(network, "an epoch is all rows", "n_batches", "n_batches_val", "n_batches_log", "epoch");
        notes.AddIfThere(network, "rows are read in one order whatever the workers", "max_queue_size", "n_load_workers");
        notes.AddIfThere(setup, "the network is a flat one", "iso_cone", "n_inner_cells", "inner_cell_size", "n_outer_cells",
            "outer_cell_size", "rm_inner_from_outer", "dataloader_core", "n_threads", "debug", "xmin", "xmax");
        notes.AddIfThere(setup, "spectra are counted", "input_spectrum", "target_spectrum");
        notes.AddIfThere(setup, "candidates are what the layout makes of a tuple", "recompute_tautype", "include_mismatched");
        notes.AddIfThere(setup, "rows come from tuples", "input_type", "tf_input_dir", "tf_dataset_x_order", "adversarial_dataset",
            "adv_parameter", "n_adv_tau", "adv_learning_rate", "use_previous_opt", "adversarial_weights");
        notes.AddIfThere(training, "the network is a flat one", "CellObjectType");
        notes.AddIfThere(training?.Find("Scaling_setup"), "constants are worked out from all train rows", "file_path", "output_json_folder",
            "file_range", "tree_name", "log_step", "version");
        training?.Find("Scaling_setup")?.Find("selection");
        notes.AddIfThere(training, "runs are kept under --out", "path_to_mlflow", "experiment_name", "log_suffix", "gpu_cfg", "pretrained");
        if (setup?.Find("tau_types_names") is { } types && types.Keys.Select(key => types.Need(key).Text).Order() is var classes
            && !classes.SequenceEqual(["e", "jet", "mu", "tau"]))
            notes.Add(setup, "tau_types_names", "classes are e, mu, tau and jet");
        else setup?.Find("tau_types_names")?.TakeAll();
    }

    /// <summary>Writes how rows are weighed.</summary>
    public static void Weights(CampaignBlock campaign, ForeignNode? training)
    {
        ForeignNode? setup = training?.Find("Setup");
        CampaignBlock weights = campaign.Block("weights").Add("kind", setup?.Find("use_weights")?.Flag() == false ? "none" : "tau_spectrum");
        if (setup?.Find("weight_thr")?.Number() is { } largest) weights.Add("largest_spread", largest);
    }

    /// <summary>The bins in which weights bring classes to one spectrum.</summary>
    public static (IReadOnlyList<double> Pt, IReadOnlyList<double> AbsEta)? Bins(ForeignNode? training, ImportNotes notes)
    {
        if (training?.Find("Setup") is not { } setup || setup.Find("yaxis") is not { } pt || setup.Find("xaxis_list") is not { } lists)
            return null;
        IReadOnlyList<double>[] eta = [.. lists.Items.Select(list => list.Numbers())];
        IReadOnlyList<double> coarsest = eta.MinBy(one => one.Count) ?? throw lists.Wrong("a list of edges for each bin of pt");
        if (eta.Any(one => !one.SequenceEqual(coarsest)))
            notes.Add(setup.At("xaxis_list"), "xaxis_list", "all bins of pt have the |eta| edges of the coarsest");
        return (pt.Numbers(), coarsest);
    }

    private static void Hidden(CampaignBlock train, ForeignNode net)
    {
        double? first = ForeignNode.TryNumber(net.Find("first_layer_width")?.Text),
            last = ForeignNode.TryNumber(net.Find("last_layer_width")?.Text);
        long layers = net.Find("min_n_layers")?.Whole() ?? 1;
        if (first is { } width && first == last) train.Add("hidden", Enumerable.Repeat(width, (int)Math.Clamp(layers, 1, 20)));
        if (net.Find("dropout_rate")?.Number() is { } dropout) train.Add("dropout", dropout);
        if (Activations.FirstOrDefault(one => one.Equals(net.Find("activation")?.Text, StringComparison.OrdinalIgnoreCase)) is { } activation)
            train.Add("activation", activation);
    }
}
