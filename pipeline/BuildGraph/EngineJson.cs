using System.Text.Json.Serialization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What the engine tells its children and its cache, as JSON; strict, since files of others are read too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, Converters = [typeof(ExactNumber)])]
[JsonSerializable(typeof(FrozenPlan))]
[JsonSerializable(typeof(ChildResult))]
[JsonSerializable(typeof(ProgressLine))]
[JsonSerializable(typeof(CachedResult))]
internal sealed partial class EngineJson : JsonSerializerContext;
