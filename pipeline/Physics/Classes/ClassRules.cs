using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>Tells the class of every candidate by the truth rules of a scheme.</summary>
public static class ClassRules
{
    /// <summary>Why a candidate with truth has no class, fit for the row ledger.</summary>
    public const string NoClass = "in no class of the campaign";

    /// <summary>The class of each candidate, or <see langword="null"/>.</summary>
    /// <exception cref="StepFailed">A candidate meets the rules of two classes.</exception>
    public static TauClass?[] Of(ClassScheme scheme, Batch candidates)
    {
        var found = new TauClass?[candidates.Rows];
        foreach (ClassDefinition one in scheme.Definitions)
        {
            bool[] belongs = one.Truth.True(candidates);
            for (int row = 0; row < found.Length; row++)
                if (belongs[row]) found[row] = found[row] is null ? one.Class : throw PhysicsErrors.TwoClasses(found[row]!, one, row);
        }
        return found;
    }
}
