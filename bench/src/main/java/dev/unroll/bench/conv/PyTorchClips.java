package dev.unroll.bench.conv;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast;

import dev.unroll.bench.Contestant;
import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.bench.pytorch.PyTorchTraining;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** PyTorch's side of {@link Clips}. */
final class PyTorchClips {
    private final Clips clips;
    private final boolean channelsLast;
    private final List<Tensor> parameters = new ArrayList<>();
    private final Tensor frames;
    private final Tensor masks;
    private final Layer first;
    private final Norm firstNorm;
    private final Layer second;
    private final Norm secondNorm;
    private final Layer input;
    private final Layer gates;
    private final Layer candidate;
    private final Layer output;

    private record Layer(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        Tensor forward(Tensor x) {
            return torch.conv2d(
                    x,
                    weight,
                    bias == null ? new TensorOptional() : new TensorOptional(bias),
                    new long[] {stride, stride},
                    new long[] {padding, padding},
                    new long[] {1, 1},
                    1);
        }
    }

    private record Norm(Tensor weight, Tensor bias, int groups) {
        Tensor forward(Tensor x) {
            return torch.group_norm(
                    x, groups, new TensorOptional(weight), new TensorOptional(bias), 1e-5, true);
        }
    }

    private PyTorchClips(Clips clips, boolean channelsLast) {
        this.clips = clips;
        this.channelsLast = channelsLast;
        Clips.Model model = clips.model();
        int all = clips.time() * clips.batch();
        frames = images(PyTorch.tensor(clips.frames(), all, clips.height(), clips.columns(), 3));
        masks = images(PyTorch.tensor(clips.masks(), all, clips.height(), clips.columns(), 1));
        first = layer(model.first());
        firstNorm = norm(model.firstNorm());
        second = layer(model.second());
        secondNorm = norm(model.secondNorm());
        input = layer(model.state().wx());
        gates = layer(model.state().gates());
        candidate = layer(model.state().candidate());
        output = layer(model.output());
    }

    static Contestant start(Clips clips, boolean channelsLast) {
        PyTorchClips side = new PyTorchClips(clips, channelsLast);
        return new PyTorchTraining(side.parameters, side::loss);
    }

    private Tensor images(Tensor x) {
        Tensor turned = x.permute(0, 3, 1, 2);
        return channelsLast ? turned.contiguous(ChannelsLast) : turned.contiguous();
    }

    private Tensor learnt(Tensor values) {
        Tensor parameter = values.detach().set_requires_grad(true);
        parameters.add(parameter);
        return parameter;
    }

    private Tensor learnt(Parameter p) {
        return learnt(PyTorch.tensor(p.value().toArray(), p.size()));
    }

    private Layer layer(Convolution c) {
        long[] dims = new long[4];
        for (int d = 0; d < 4; d++) {
            dims[d] = c.weight().shape().dim(d);
        }
        Tensor turned = PyTorch.tensor(c.weight().value().toArray(), dims).permute(3, 2, 0, 1);
        Tensor weight =
                learnt(channelsLast ? turned.contiguous(ChannelsLast) : turned.contiguous());
        Parameter bias = c.bias();
        return new Layer(
                weight, bias == null ? null : learnt(bias), c.window().down(), c.window().top());
    }

    private Norm norm(GroupNorm n) {
        return new Norm(learnt(n.weight()), learnt(n.bias()), n.groups());
    }

    private Tensor loss() {
        Tensor a = torch.relu(firstNorm.forward(first.forward(frames)));
        Tensor b = torch.relu(secondNorm.forward(second.forward(torch.max_pool2d(a, 2, 2))));
        Tensor seen = input.forward(b);
        long batch = clips.batch();
        long width = clips.width();
        Tensor h = torch.zeros(batch, width, b.size(2), b.size(3));
        TensorVector states = new TensorVector();
        for (int t = 0; t < clips.time(); t++) {
            Tensor x = seen.narrow(0, t * batch, batch);
            Tensor hs = gates.forward(h);
            Tensor r = x.narrow(1, 0, width).add(hs.narrow(1, 0, width)).sigmoid();
            Tensor z = x.narrow(1, width, width).add(hs.narrow(1, width, width)).sigmoid();
            Tensor n = x.narrow(1, 2 * width, width).add(candidate.forward(r.mul(h))).tanh();
            h = n.sub(z.mul(n)).add(z.mul(h));
            states.push_back(h);
        }
        Tensor y = output.forward(torch.cat(states, 0));
        long[] size = {clips.height(), clips.columns()};
        return torch.mse_loss(torch.upsample_bilinear2d(y, size, false), masks);
    }
}
