using TauPipeline.Learning;
using TauPipeline.Tensors;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>The network from its definition, in double and without libtorch: an oracle for prediction.</summary>
internal static class ManagedForward
{
    public static double[] Probabilities(TrainedModel model, ReadOnlySpan<float> features)
    {
        var shape = (FlatNetworkShape)model.Shape;
        Dictionary<string, float[]> weights = Weights(model).ToDictionary(weight => weight.Name, weight => weight.ToFloats());
        double[] row = new double[features.Length];
        for (int i = 0; i < row.Length; i++) row[i] = features[i];
        for (int layer = 0; layer < shape.Hidden.Count; layer++)
        {
            row = Dense(row, weights[$"hidden.{layer}.weight"], weights[$"hidden.{layer}.bias"]);
            for (int i = 0; i < row.Length; i++)
            {
                if (shape.BatchNorm)
                    row[i] = (row[i] - weights[$"norm.{layer}.running_mean"][i]) / Math.Sqrt(weights[$"norm.{layer}.running_var"][i] + 1e-5)
                        * weights[$"norm.{layer}.weight"][i] + weights[$"norm.{layer}.bias"][i];
                if (row[i] < 0) row[i] *= shape.Activation == "prelu" ? weights[$"activation.{layer}.weight"][i] : 0;
            }
        }
        double[] exp = [.. Dense(row, weights["output.weight"], weights["output.bias"]).Select(Math.Exp)];
        return [.. exp.Select(value => value / exp.Sum())];
    }

    /// <summary>What the model's file holds: weights and running moments, first layer to last.</summary>
    public static IReadOnlyList<StoredTensor> Weights(TrainedModel model)
    {
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        return TorchFile.Read(file).Tensors;
    }

    private static double[] Dense(double[] row, float[] weight, float[] bias)
    {
        var output = new double[bias.Length];
        for (int o = 0; o < output.Length; o++)
        {
            output[o] = bias[o];
            for (int i = 0; i < row.Length; i++) output[o] += row[i] * weight[o * row.Length + i];
        }
        return output;
    }
}
