using System.IO.Enumeration;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>
/// Finds what external stages read among the products of all stages and the files of datasets, and notes what is wrong with their wiring.
/// </summary>
public sealed class ExternalProducts
{
    private readonly IReadOnlyList<Dataset> _datasets;
    private readonly Mistakes _mistakes;
    private readonly Dictionary<string, (Artifact Artifact, string Stage)> _known = new(StringComparer.Ordinal);

    /// <summary>The wiring of these external stages among ours.</summary>
    public ExternalProducts(
        IReadOnlyList<IStage> ours,
        IReadOnlyList<Dataset> datasets,
        IReadOnlyList<ExternalSettings> externals,
        Mistakes mistakes)
    {
        _datasets = datasets;
        _mistakes = mistakes;
        foreach (Step step in ours.SelectMany(stage => stage.Steps()))
            foreach (Artifact product in step.CountsRows ? [.. step.Writes, step.Ledger] : step.Writes)
                _known.TryAdd(product.Path, (product, step.Stage));
        string[] names = [.. ours.Select(stage => stage.Name)];
        foreach (ExternalSettings stage in externals.Where(stage => names.Contains(stage.Name, StringComparer.OrdinalIgnoreCase)))
            _mistakes.Add(ExternalErrors.NameTaken(stage.Where, stage.Name));
        // A pattern may match what another external stage makes, so as many rounds as there are stages settle all.
        for (int round = 0; round < externals.Count; round++)
            foreach (ExternalSettings stage in externals) Make(stage);
        foreach (ExternalSettings stage in externals) Check(stage);
        CheckDatasets(externals);
    }

    /// <summary>The files that a stage reads.</summary>
    public IReadOnlyList<ExternalItem> ItemsOf(ExternalSettings stage) => [.. stage.Inputs.SelectMany(input => ItemsOf(stage, input))];

    /// <summary>Whether a stage reads products of ours, and so comes after them.</summary>
    public bool FollowsOurs(ExternalSettings stage, IReadOnlyList<ExternalSettings> externals) =>
        ItemsOf(stage)
            .Any(item =>
                _known.TryGetValue(item.Artifact.Path, out (Artifact, string Stage) made)
                && externals.All(other => other.Name != made.Stage));

    private IReadOnlyList<ExternalItem> ItemsOf(ExternalSettings stage, ExternalInput input)
    {
        if (input.Files.Count > 0) return ExternalItem.Of(input.Role, input.Files.Select(file => (file.Entry, file.File)));
        if (_datasets.FirstOrDefault(dataset => dataset.Name == input.Dataset) is { } dataset)
            return ExternalItem.Of(
                input.Role,
                (dataset.Generated is null ? dataset.Inputs : GenerateStage.FilesOf(dataset)).Select(file =>
                    (file.File.Kind == ArtifactKind.Raw ? file.Entry : file.File.Path, file.File)));
        return ExternalItem.Of(
            input.Role,
            input.Products.SelectMany(pattern => Matches(stage, pattern))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(path => (path, _known[path].Artifact)));
    }

    private IEnumerable<string> Matches(ExternalSettings stage, string pattern) => pattern.AsSpan().IndexOfAny('*', '?') < 0
        ? _known.ContainsKey(pattern) ? [pattern] : []
        : _known
            .Where(product =>
                product.Value.Stage != stage.Name && FileSystemName.MatchesSimpleExpression(pattern, product.Key, ignoreCase: false))
            .Select(product => product.Key);

    private void Make(ExternalSettings stage)
    {
        foreach (string key in ExternalStage.KeysOf(stage, ItemsOf(stage)))
            foreach (ExternalOutput output in stage.Outputs)
            {
                Artifact product = output.ProductOf(key);
                if (!_known.TryAdd(product.Path, (product, stage.Name)) && _known[product.Path].Stage != stage.Name)
                    _mistakes.Add(ExternalErrors.TwoMakers(output.Where, stage.Name, product.Path, _known[product.Path].Stage));
            }
    }

    private void Check(ExternalSettings stage)
    {
        foreach (ExternalInput input in stage.Inputs)
        {
            if (input.Dataset is { } name && _datasets.All(dataset => dataset.Name != name))
                _mistakes.Add(ExternalErrors.NoDataset(input.Where, stage.Name, name, _datasets.Select(dataset => dataset.Name)));
            foreach (string pattern in input.Products.Where(pattern => !Matches(stage, pattern).Any()))
                _mistakes.Add(ExternalErrors.NoProduct(input.Where, stage.Name, pattern, _known.Keys));
            int files = ItemsOf(stage, input).Count;
            if (input.Role != stage.ForEach && files > 1 && stage.Arguments.Any(argument => argument.SingleInputs.Contains(input.Role)))
                _mistakes.Add(ExternalErrors.NotOneFile(input.Where, stage.Name, input.Role, files));
        }
        foreach (IGrouping<string, ExternalOutput> twice in stage.Outputs.GroupBy(output => output.Path).Where(group => group.Count() > 1))
            _mistakes.Add(ExternalErrors.TwoMakers(twice.Last().Where, stage.Name, twice.Key, $"its output {twice.First().Name}"));
    }

    private void CheckDatasets(IReadOnlyList<ExternalSettings> externals)
    {
        string[] made =
        [
            .. _known.Where(product =>
                    product.Value.Artifact.Kind == ArtifactKind.Product && externals.Any(stage => stage.Name == product.Value.Stage))
                .Select(product => product.Key),
        ];
        foreach (RawEntry entry in _datasets.Where(dataset => dataset.Generated is null).SelectMany(dataset => dataset.Inputs))
            if (entry.File.Kind == ArtifactKind.Product && !made.Contains(entry.File.Path))
                _mistakes.Add(ExternalErrors.NoExternalProduct(entry.Where, entry.File.Path, made));
    }
}
