using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>A class with all that the campaign says of it.</summary>
/// <param name="Class">Number and name.</param>
/// <param name="Role">What it is to the network.</param>
/// <param name="Title">What legends and tables say: "Genuine taus".</param>
/// <param name="Truth">Which candidates belong to it: over the candidates' columns, <c>gen_match</c> and <c>sample_type</c>.</param>
public sealed record ClassDefinition(TauClass Class, ClassRole Role, string Title, Expression Truth);
