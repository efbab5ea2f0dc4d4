using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A group of datasets with its shards and the spectra of its datasets.</summary>
/// <param name="Rows">The group and its shards.</param>
/// <param name="Spectra">The spectra of each dataset, one a part of the split.</param>
internal sealed record SpectralSource(MixSource Rows, IReadOnlyList<(string Dataset, Artifact<SpectrumFile> File)> Spectra)
{
    /// <summary>The group with its spectrum: candidates of the types that it delivers.</summary>
    /// <exception cref="Foundation.StepFailed">It lacks one of them, and may not.</exception>
    public MixGroup Read(StepRun run, bool allowEmptyClasses)
    {
        MixGroupSettings group = Rows.Group;
        if (Spectra.Count == 0) throw StageErrors.EmptyClass("the group", group.Name, "shuffle_merge.groups");
        Spectrum wanted = Sum(run, Spectra.Select(of => of.File)).Only(group.Types);
        foreach (TauClass type in group.Types)
            if (wanted[type].Entries == 0 && !allowEmptyClasses)
                throw StageErrors.EmptyClass($"group '{group.Name}'", type.Name, string.Join(", ", group.Datasets));
        return new MixGroup(group.Name, wanted);
    }

    /// <summary>The spectrum of each dataset: candidates of the types that the group delivers.</summary>
    public IEnumerable<(string Dataset, Spectrum Spectrum)> ByDataset(StepRun run) =>
        Spectra.GroupBy(of => of.Dataset, of => of.File).Select(files => (files.Key, Sum(run, files).Only(Rows.Group.Types)));

    private static Spectrum Sum(StepRun run, IEnumerable<Artifact<SpectrumFile>> files)
    {
        Spectrum? sum = null;
        foreach (Artifact<SpectrumFile> file in files)
        {
            Spectrum spectrum = run.Read(file).Spectrum;
            if (sum is null) sum = spectrum;
            else sum.Add(spectrum);
        }
        return sum!;
    }
}
