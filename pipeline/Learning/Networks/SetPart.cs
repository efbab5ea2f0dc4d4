using System.Text.Json.Serialization;
using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>
/// What a network makes of one list of objects: as many numbers whatever the list's length, and the same for any order of it. One case for
/// each kind, which the model file names.
/// </summary>
/// <param name="Input">The list.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Part")]
[JsonDerivedType(typeof(DeepSetPart), "deep_set")]
[JsonDerivedType(typeof(SetTransformerPart), "set_transformer")]
public abstract record SetPart(InputShape Input)
{
    /// <summary>How many numbers come out.</summary>
    [JsonIgnore]
    public abstract int Outputs { get; }

    /// <summary>Refuses what is no such part.</summary>
    /// <exception cref="Misuse">A width is not positive, or another number not as described.</exception>
    public virtual void Check()
    {
        if (Input.Features < 1 || !Input.IsList)
            throw LearningErrors.NoNetwork($"list '{Input.Name}'", $"{Input.Features} features, {Input.Most} objects", "at least 1 of each");
    }
}
