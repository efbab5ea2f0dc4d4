using System.Text.Json;
using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// A trained network in one file: a torch file (<c>torch.load(f, weights_only=True)</c> gives the weights) that also holds
/// the shape and whatever its users need with it, as texts: feature and class names, scaling constants. Where no network could
/// be trained the model says why, and has no score for any row.
/// </summary>
public sealed class TrainedModel
{
    /// <summary>What a checkpoint holds besides a model has names that begin so.</summary>
    internal const string Besides = "training.";

    private const string ShapeText = "shape.json", MetadataText = "metadata.json", UntrainedText = "untrained.txt";

    private readonly IReadOnlyList<StoredTensor> _weights;
    private readonly IPredictor? _network;

    internal TrainedModel(NetworkShape shape, IReadOnlyList<StoredTensor> weights, IReadOnlyDictionary<string, string> metadata)
    {
        (Shape, _weights) = (shape, weights);
        shape.Check();
        _network = shape.Predictor(new TorchFile(weights, new Dictionary<string, string>()));
        Metadata = new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal);
    }

    private TrainedModel(NetworkShape shape, string untrained, IReadOnlyDictionary<string, string> metadata)
    {
        (Shape, _weights, Untrained) = (shape, [], untrained);
        Metadata = new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>The model that stands where none could be trained: its scores are not numbers.</summary>
    /// <param name="shape">What would have been trained.</param>
    /// <param name="why">Why it was not.</param>
    public static TrainedModel WithoutTraining(NetworkShape shape, string why) => new(shape, why, new Dictionary<string, string>());

    /// <summary>Why there is no network; <see langword="null"/> if there is one.</summary>
    public string? Untrained { get; }

    /// <summary>The weights under their names; none without a network.</summary>
    internal TorchFile Weights => new(_weights, new Dictionary<string, string>());

    /// <summary>The architecture.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Texts that travel with the model, by name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The same network with these texts.</summary>
    public TrainedModel With(IReadOnlyDictionary<string, string> metadata) =>
        Untrained is { } why ? new(Shape, why, metadata) : new(Shape, _weights, metadata);

    /// <summary>Writes the model; the same model gives the same bytes.</summary>
    public void Save(Stream to) => ToFile().Write(to);

    /// <summary>The model as a torch file.</summary>
    internal TorchFile ToFile()
    {
        var texts = new Dictionary<string, string>
        {
            [ShapeText] = JsonSerializer.Serialize(Shape, ModelText.Options),
            [MetadataText] = JsonSerializer.Serialize(Metadata, ModelText.Options),
        };
        if (Untrained is { } why) texts[UntrainedText] = why;
        return new TorchFile(_weights, texts);
    }

    /// <summary>Writes the weights alone, and the texts, as safetensors.</summary>
    public void SaveWeights(Stream to) => SafetensorsFile.Write(to, new TorchFile(_weights, Metadata));

    /// <summary>Reads a model, or of a checkpoint the model that is in it.</summary>
    /// <exception cref="StepFailed">It is not a model of ours.</exception>
    public static TrainedModel Load(Stream from)
    {
        TorchFile file = TorchFile.Read(from);
        try
        {
            NetworkShape shape = JsonSerializer.Deserialize<NetworkShape>(
                file.Texts.GetValueOrDefault(ShapeText, "null"),
                ModelText.Options) ?? throw LearningErrors.NoModel($"no {ShapeText}");
            // Named, so that how each predicts is part of the code of whoever loads a model.
            if (shape is not (FlatNetworkShape or GridNetworkShape or SetNetworkShape)) throw LearningErrors.NoModel(shape.GetType().Name);
            Dictionary<string, string> metadata = JsonSerializer.Deserialize<Dictionary<string, string>>(
                file.Texts.GetValueOrDefault(MetadataText, "{}"),
                ModelText.Options) ?? [];
            return file.Texts.TryGetValue(UntrainedText, out string? why)
                ? new(shape, why, metadata)
                : new(shape, WeightsIn(file), metadata);
        }
        catch (Exception cause) when (cause is JsonException or NotSupportedException or Misuse)
        {
            throw LearningErrors.NoModel(cause.Message);
        }
    }

    /// <summary>
    /// The probability of each class and of each head's values for each row (not a number without training): rows times outputs, row by
    /// row. Needs no libtorch; a row's scores are the same whatever rows come with it.
    /// </summary>
    /// <param name="inputs">What the network takes of the rows, scaled as in training.</param>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="Defect">The inputs are not those of the shape.</exception>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        BatchCheck.Check(inputs, rows, Shape);
        if (_network is not null) return _network.Predict(inputs, rows);
        var none = new float[rows * Shape.Outputs];
        Array.Fill(none, float.NaN);
        return none;
    }

    private static StoredTensor[] WeightsIn(TorchFile file) =>
        [.. file.Tensors.Where(tensor => !tensor.Name.StartsWith(Besides, StringComparison.Ordinal))];
}
