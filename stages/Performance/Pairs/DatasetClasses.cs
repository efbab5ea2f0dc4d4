using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Which classes a dataset can have, as far as that is known before any of its files is there: a generated one is simulation, and
/// a truth rule that asks for nothing but sample and generator match is tried with every match there is.
/// </summary>
internal sealed class DatasetClasses(ClassScheme classes)
{
    private const int Matches = 7;

    private static readonly Batch Simulated = new(
    [
        new Column<int>(CandidateColumns.GenMatch, Enumerable.Range(0, Matches).ToArray()),
        new Column<int>(CandidateColumns.SampleType, Enumerable.Repeat((int)SampleType.Simulation, Matches).ToArray()),
    ]);

    /// <summary>Whether candidates of a dataset can be of a class.</summary>
    public bool Has(Dataset dataset, TauClass one)
    {
        Expression truth = classes.Definitions[one.Index].Truth;
        bool isKnown =
            dataset.Generated is not null
            && truth.Columns.All(column => column is CandidateColumns.GenMatch or CandidateColumns.SampleType);
        return !isKnown || truth.True(Simulated).Contains(true);
    }
}
